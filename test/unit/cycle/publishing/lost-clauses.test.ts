import { beforeEach, describe, expect, test } from 'vitest'
import { readTemplates } from '../../../../functions/app/templates.ts'
import type { Network, ZoneSource } from '../../../../functions/core/config/network.ts'
import { serialOf } from '../../../../functions/core/zone/published.ts'
import { runCycle } from '../../../../functions/cycle/cycle.ts'
import { networkOf, World, zoneOf } from '../../../helpers/world.ts'

const templates = readTemplates()
const edges = ['192.0.2.1', '192.0.2.2']
const confKey = 'zones/net/named.conf'
const goneKey = 'zones/net/gone.example.zone'

/** Two zones, of which one has left the configuration, or come back into it. */
const both = networkOf(edges, { zones: [zoneOf('example.org'), zoneOf('gone.example')] })
const one = networkOf(edges)

let world: World
beforeEach(async () => {
  world = new World()
  await run(both)
  world.now += 60_000
  await run()
})

async function run(network: Network = one) {
  const options = { dryRun: false, force: true, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  const report = await runCycle(network, { ...options, templates }, world.ports)
  world.now += 90_000
  return report
}

const clauses = () => [...(world.objects.get(confKey) ?? '').matchAll(/^zone "(.+?)"/gm)].map(([, zone]) => zone)

describe('a zone that was published keeps its clause (behaviour §7.6) though', () => {
  test('its record is lost, alone or with all others', async () => {
    world.zones.delete('gone.example')
    const text = world.objects.get(confKey)
    expect((await run()).warnings.join()).toContain('zone gone.example is gone from the configuration')
    expect(world.objects.get(confKey)).toBe(text)
    expect((await run()).warnings).toEqual([])
    world.zones.clear()
    await run()
    expect(clauses()).toEqual(['example.org', 'gone.example'])
  })

  test('named.conf cannot be read when its record is lost: then it is left alone', async () => {
    world.zones.clear()
    world.before = step => {
      if (step === `get ${confKey}`) throw new Error('bucket away')
    }
    const report = await run()
    expect(report).toMatchObject({ status: 'ok', zones: [{ action: 'published' }] })
    expect(report.warnings).toContain('named.conf cannot be read, and is left as it is until it can: bucket away')
    world.before = () => {}
    await run(networkOf(edges, { zones: [zoneOf('example.org'), zoneOf('new.example')] }))
    expect(clauses()).toEqual(['example.org', 'gone.example', 'new.example'])
  })

  test('the run that found it died before it could record that', async () => {
    world.zones.clear()
    world.before = step => {
      if (step === 'finish') throw new Error('killed')
    }
    expect((await run()).status).toBe('failed')
    world.before = () => {}
    await run()
    await run()
    expect(clauses()).toEqual(['example.org', 'gone.example'])
  })

  test('its record is lost while it is invalid', async () => {
    const place = { severity: 'error', network: 'net', scope: 'zone', file: zoneOf('gone.example').file } as const
    const twice = { ...place, line: 1, column: 1, message: 'a zone of two networks' }
    const invalid: ZoneSource = { ...zoneOf('gone.example'), include: null, errors: [twice], publishable: false }
    world.zones.delete('gone.example')
    for (let cycle = 0; cycle < 2; cycle++) {
      const { zones } = await run({ ...both, zones: [zoneOf('example.org'), invalid] })
      expect(zones).toMatchObject([{ action: 'unchanged' }, { action: 'invalid' }])
    }
    expect(clauses()).toEqual(['example.org', 'gone.example'])
  })
})

test.each([true, false])('its serial grows when it comes back (its file can be read at once: %s)', async readable => {
  world.objects.set(goneKey, String(world.objects.get(goneKey)).replace(/(SOA \S+ \S+) \d+/, '$1 3000000000'))
  world.zones.delete('gone.example')
  world.before = step => {
    if (!readable && step === `get ${goneKey}`) throw new Error('bucket away')
  }
  await run()
  expect(clauses()).toEqual(['example.org', 'gone.example'])
  world.before = () => {}
  await run(both)
  expect(serialOf(String(world.objects.get(goneKey)))).toBe(3_000_000_001)
})

test('what is no zone in named.conf gets no clause', async () => {
  world.zones.clear()
  world.objects.set(confKey, `${world.objects.get(confKey)}zone "a\\"; evil" {};\nzone "-no-.example" {};\n`)
  await run(networkOf(edges, { zones: [zoneOf('example.org'), zoneOf('new.example')] }))
  expect(clauses()).toEqual(['example.org', 'gone.example', 'new.example'])
})
