import type { Route53Client } from '@aws-sdk/client-route-53'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRoute53Records } from '../../functions/adapters/aws/route53-records.ts'
import { createAskRecords, createAskServer } from '../../functions/adapters/probe/dns/ask-server.ts'
import { readTemplates } from '../../functions/app/templates.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import type { RecordsPort } from '../../functions/cycle/ports/ports.ts'
import { type NameServer, startNameServer } from '../helpers/name-server.ts'
import { type Route53Standin, route53Client, startRoute53 } from '../helpers/route53-standin.ts'
import { networkOf, probeOf, settingsOf, World, zoneOf } from '../helpers/world.ts'

const templates = readTemplates()
const addresses = ['192.0.2.1', '192.0.2.2']

let route53: Route53Standin
let servers: NameServer[]
let world: World
let client: Route53Client
let records: RecordsPort

beforeEach(async () => {
  route53 = await startRoute53()
  servers = await Promise.all([0, 1].map(() => startNameServer({ serial: 1, addresses })))
  world = new World()
  client = route53Client(route53)
  records = createRoute53Records(client)
  route53.addZone('Z1', 'example.org')
  route53.delegate(
    'Z1',
    servers.map(({ address }) => address),
  )
})

afterEach(async () => {
  client.destroy()
  for (const server of servers) server.close()
  await route53.close()
})

function network(isAsking = true, zones = ['example.org']) {
  const { dns, ...defaults } = settingsOf()
  const ids = Object.fromEntries(zones.map((zone, at) => [zone, `Z${at + 1}`]))
  const settings = settingsOf({
    dns: { ...dns, rotate_zones: ['www', '*'] },
    served: { ...defaults.served, grace: 0, route53: isAsking },
    route53: { ...defaults.route53, enabled: true, zones: ids, rate: 1000, verify_every: 0 },
  })
  return networkOf(['192.0.2.1', '192.0.2.2', '192.0.2.3'], { settings, zones: zones.map(zone => zoneOf(zone)) })
}

/** One cycle, a minute after the last. */
async function cycle(of = network(), dryRun = false) {
  world.now += 60_000
  const options = { dryRun, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [], templates }
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (signal === undefined) world.now += ms
    else await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
  }
  const asking = { ask: createAskServer(), askRecords: createAskRecords() }
  return runCycle(of, options, { ...world.ports, ...asking, sleep, records })
}

const asked = () => route53.journal.filter(({ kind }) => kind === 'hosted zone').length
const [first, second] = [() => servers[0] as NameServer, () => servers[1] as NameServer]

describe("Route 53's own name servers, where they are asked (behaviour §12)", () => {
  test('are asked for every name that was pushed; which they are is asked once', async () => {
    expect(await cycle()).toMatchObject({ status: 'ok', served: [], warnings: [] })
    expect([...first().questions].sort()).toEqual(['A *.example.org', 'A example.org', 'A www.example.org'])
    expect(second().questions).toHaveLength(3)
    await cycle()
    expect(second().questions).toHaveLength(6)
    expect(asked()).toBe(1)
  })

  test('are told of when they lag, until they have what was pushed', async () => {
    first().said = { serial: 1, addresses: ['192.0.2.9'] }
    // What was pushed in this very cycle may take a while, even without a grace.
    expect((await cycle()).served).toEqual([])
    const stale = await cycle()
    const row = { server: first().address, zone: 'example.org', hostedZone: 'Z1', state: 'stale', serial: null }
    const detail = 'at example.org it has the A records 192.0.2.9, not 192.0.2.1 192.0.2.2'
    expect(stale).toMatchObject({ status: 'ok', live: addresses, served: [{ ...row, detail }] })
    expect(stale.warnings).toEqual([`Route 53's name server ${first().address} is stale for example.org: ${detail}`])
    first().said = { serial: 1, addresses }
    expect((await cycle()).served).toEqual([])
  })

  test('after a rotation have to have the new addresses', async () => {
    await cycle()
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    expect((await cycle()).served).toEqual([])
    expect((await cycle()).served).toHaveLength(2)
    for (const server of servers) server.said = { serial: 1, addresses: ['192.0.2.2', '192.0.2.3'] }
    expect((await cycle()).served).toEqual([])
  })

  test('that lack a name, refuse, or say nothing', async () => {
    await cycle()
    first().said = { ...first().said, without: ['www.example.org'] }
    second().said = { ...second().said, rcode: 5 }
    expect((await cycle()).served).toMatchObject([
      { state: 'stale', detail: 'at www.example.org it has the A records (none), not 192.0.2.1 192.0.2.2' },
      { state: 'unreachable', detail: 'it answers REFUSED' },
    ])
    second().close()
    const { served } = await cycle()
    expect(served[1]).toMatchObject({ server: second().address, state: 'unreachable', serial: null })
    servers.pop()
  })

  test('are not asked where nobody wants it, nor by a dry run', async () => {
    await cycle(network(false))
    await cycle(network(), true)
    expect(asked()).toBe(0)
    expect(first().questions).toEqual([])
  })

  test('are forgotten when nobody wants it any more', async () => {
    await cycle()
    first().said = { serial: 1, addresses: [] }
    expect((await cycle()).served).toHaveLength(1)
    expect(await cycle(network(false))).toMatchObject({ served: [], warnings: [] })
  })
})

describe('what Route 53 does not tell', () => {
  test('is a warning, and no failed cycle; it is asked again', async () => {
    route53.addZone('Z2', 'example.net')
    route53.faults(({ kind }) => (kind === 'hosted zone' ? 'denied' : null))
    const zones = ['example.org', 'example.net']
    const failed = await cycle(network(true, zones))
    expect(failed).toMatchObject({ status: 'ok', served: [] })
    expect(failed.warnings).toEqual([
      expect.stringMatching(
        /^the name servers of hosted zone Z\d and 1 more hosted zone are not known, and not asked: no access to Route 53/,
      ),
    ])
    route53.faults(() => null)
    expect((await cycle(network(true, zones))).warnings).toEqual([])
    expect(first().questions).toHaveLength(3)
  })

  test('leaves what is known of the name servers as it was', async () => {
    await cycle()
    first().said = { serial: 1, addresses: [] }
    const { served } = await cycle()
    expect(served).toHaveLength(1)
    // Another process, which has to ask again and is not told.
    records = createRoute53Records(client)
    route53.faults(({ kind }) => (kind === 'hosted zone' ? 'missing' : null))
    const after = await cycle()
    expect(after.served).toEqual(served)
    expect(after.warnings.join('\n')).toContain('there is no such hosted zone: check route53.zones')
  })
})
