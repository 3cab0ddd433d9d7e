import type { Route53Client } from '@aws-sdk/client-route-53'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRoute53Records } from '../../functions/adapters/aws/route53-records.ts'
import { readTemplates } from '../../functions/app/templates.ts'
import type { Settings } from '../../functions/core/config/settings.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import type { CycleOptions } from '../../functions/cycle/probe-and-decide.ts'
import { type Fault, type Route53Standin, route53Client, startRoute53 } from '../helpers/route53-standin.ts'
import { aliasXml, spelled } from '../helpers/route53-xml.ts'
import { networkOf, probeOf, settingsOf, World, zoneOf } from '../helpers/world.ts'

const templates = readTemplates()
const edges = ['192.0.2.1', '192.0.2.2', '192.0.2.3']

let route53: Route53Standin
let world: World
let client: Route53Client

beforeEach(async () => {
  route53 = await startRoute53(5)
  world = new World()
  client = route53Client(route53)
  route53.addZone('Z1', 'example.org')
})

afterEach(async () => {
  client.destroy()
  await route53.close()
})

const pushing: Settings['route53'] = {
  enabled: true,
  ttl: 60,
  zones: { 'example.org': 'Z1' },
  rate: 1000,
  verify_every: 0,
}

function networkWith(changes: Partial<Settings['route53']> = {}, zones = ['example.org'], of = edges) {
  const dns = { ...settingsOf().dns, rotate_zones: ['www', '*'] }
  const settings = settingsOf({ dns, route53: { ...pushing, ...changes } })
  return networkOf(of, { settings, zones: zones.map(zone => zoneOf(zone)) })
}

/** One cycle, a minute after the last. */
async function cycle(network = networkWith(), changes: Partial<CycleOptions> = {}) {
  world.now += 60_000
  const options = { dryRun: false, force: false, forceUpdate: false, verbose: false, maxSeconds: 55, problems: [] }
  // Waiting passes the world's time.
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (signal !== undefined) return world.ports.sleep(ms, signal)
    world.now += ms
  }
  const ports = { ...world.ports, sleep, records: createRoute53Records(client) }
  return runCycle(network, { ...options, templates, ...changes }, ports)
}

const addresses = (...values: string[]) =>
  ['example.org.', '\\052.example.org.', 'www.example.org.'].map(name => `A ${name} 60 ${values.join(' ')}`)
const kinds = () => route53.journal.map(({ kind }) => kind)

describe('pushing', () => {
  test('reads before the first push, pushes all names in one request, and asks nothing when nothing changed', async () => {
    const first = await cycle()
    expect(first).toMatchObject({ status: 'ok', route53: [{ zone: 'example.org', action: 'upserted' }], warnings: [] })
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
    expect(kinds()).toEqual(['record sets', 'change'])
    const second = await cycle()
    expect(second.route53).toEqual([{ zone: 'example.org', action: 'unchanged', reason: 'nothing changed' }])
    expect(kinds()).toHaveLength(2)
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    const third = await cycle()
    expect(third.route53[0]).toMatchObject({ action: 'upserted', reason: 'its addresses changed' })
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.2', '192.0.2.3'))
    expect(kinds().slice(2)).toEqual(['change'])
  })

  test('deletes its own AAAA sets when no IPv6 address is live any more, and nothing else', async () => {
    route53.put('Z1', { name: 'example.org', type: 'MX', ttl: 300, values: ['10 mail.example.org.'] })
    route53.put('Z1', { name: 'other.example.org', type: 'AAAA', ttl: 300, values: ['2001:db8::9'] })
    const mixed = networkWith({}, ['example.org'], ['192.0.2.1', '192.0.2.2', '2001:db8::1'])
    world.probes.set('192.0.2.2', probeOf('timeout', 10))
    await cycle(mixed)
    expect(route53.sets('Z1')).toContain('AAAA www.example.org. 60 2001:db8::1')
    world.probes.clear()
    world.probes.set('2001:db8::1', probeOf('timeout', 10))
    expect((await cycle(mixed)).route53[0]).toMatchObject({ action: 'upserted' })
    expect(route53.sets('Z1').filter(set => set.startsWith('AAAA'))).toEqual([
      'AAAA other.example.org. 300 2001:db8::9',
    ])
    expect(route53.sets('Z1')).toContain('MX example.org. 300 10 mail.example.org.')
    expect(route53.sets('Z1').filter(set => set.startsWith('A '))).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })

  test.each([
    ['a CNAME', { type: 'CNAME', values: ['x.example.net.'] }, /a CNAME record is at www\.example\.org\./],
    ['an alias', { type: 'A', values: [], extra: aliasXml }, /an alias A record is at www/],
    [
      'a weighted set',
      { type: 'A', values: ['192.0.2.9'], identifier: 'a', extra: '<Weight>1</Weight>' },
      /a weighted A/,
    ],
    [
      'a geolocation set',
      {
        type: 'A',
        values: ['192.0.2.9'],
        identifier: 'a',
        extra: '<GeoLocation><CountryCode>DE</CountryCode></GeoLocation>',
      },
      /a geolocation A/,
    ],
  ])('%s in the way is reported and stays; the other names go in', async (_what, set, why) => {
    route53.put('Z1', { name: 'www.example.org', ttl: 300, ...set })
    const before = route53.sets('Z1')[0]
    const report = await cycle()
    expect(report).toMatchObject({ status: 'ok', route53: [{ action: 'refused' }] })
    expect(report.route53[0]?.reason).toMatch(why)
    expect(report.warnings.join('\n')).toMatch(/the records of zone example\.org are refused/)
    expect(route53.sets('Z1')).toContain(before)
    expect(route53.sets('Z1')).toEqual(expect.arrayContaining(addresses('192.0.2.1', '192.0.2.2').slice(0, 2)))
    route53.remove('Z1', 'www.example.org', set.type)
    expect((await cycle()).route53).toMatchObject([{ action: 'upserted' }])
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })

  test('of a batch that is refused the good part goes in, and the bad one is named', async () => {
    await cycle()
    route53.remove('Z1', 'www.example.org', 'A')
    route53.put('Z1', { name: 'www.example.org', type: 'CNAME', ttl: 300, values: ['x.example.net.'] })
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    const report = await cycle()
    expect(report.route53).toMatchObject([{ action: 'refused', reason: expect.stringContaining('www.example.org') }])
    expect(route53.sets('Z1').slice(0, 2)).toEqual(addresses('192.0.2.2', '192.0.2.3').slice(0, 2))
    expect(route53.sets('Z1')[2]).toBe('CNAME www.example.org. 300 x.example.net.')
  })

  test('a zone of many records is read page by page, and names beyond the first page too', async () => {
    for (let n = 0; n < 12; n++) {
      route53.put('Z1', { name: `h${n}.example.org`, type: 'A', ttl: 300, values: ['192.0.2.77'] })
    }
    for (const type of ['CAA', 'MX', 'NS', 'SOA', 'TXT', 'SPF']) {
      route53.put('Z1', { name: 'example.org', type, ttl: 300, values: ['x'] })
    }
    route53.put('Z1', { name: 'www.example.org', type: 'CNAME', ttl: 300, values: ['x.example.net.'] })
    expect((await cycle()).route53).toMatchObject([{ action: 'refused' }])
    expect(route53.errors).toEqual([])
    expect(route53.sets('Z1')).toContain('A example.org. 60 192.0.2.1 192.0.2.2')
  })
})

describe('hosted zones', () => {
  test('are found by name through every page, once, and remembered; private ones do not count', async () => {
    for (const [id, name] of [
      ['Z2', 'example.net'],
      ['Z3', 'example.com'],
    ] as const)
      route53.addZone(id, name)
    route53.addZone('Z4', 'example.org', true)
    const network = networkWith({ zones: {} }, ['example.org', 'example.com'])
    expect((await cycle(network)).route53).toMatchObject([{ action: 'upserted' }, { action: 'upserted' }])
    expect(kinds().filter(kind => kind === 'hosted zones')).toHaveLength(2)
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    await cycle(network)
    expect(kinds().filter(kind => kind === 'hosted zones')).toHaveLength(2)
    expect(route53.sets('Z3')).toContain('A example.com. 60 192.0.2.2 192.0.2.3')
  })

  test('two of one name, or none, are that zone’s error alone, and say what to configure', async () => {
    route53.addZone('Z2', 'example.net')
    route53.addZone('Z3', 'example.net')
    const network = networkWith({ zones: {} }, ['example.com', 'example.net', 'example.org'])
    const report = await cycle(network)
    expect(report).toMatchObject({
      status: 'ok',
      route53: [{ action: 'refused' }, { action: 'refused' }, { action: 'upserted' }],
    })
    expect(report.route53[0]?.reason).toMatch(
      /no public hosted zone example\.com .*route53\.zones: \{example\.com: Z…\}/,
    )
    expect(report.route53[1]?.reason).toMatch(
      /2 public hosted zones example\.net \(Z2, Z3\): say which .*route53\.zones/,
    )
  })
})

describe('a hosted zone that is away', () => {
  const mixed = (ids: Record<string, string>) =>
    networkWith({ zones: ids }, ['example.org'], ['192.0.2.1', '192.0.2.2', '2001:db8::1'])
  const configured = { 'example.org': 'Z1' }
  /** A and AAAA sets are published. */
  const publishBoth = async (ids: Record<string, string>) => {
    world.probes.set('192.0.2.2', probeOf('timeout', 10))
    expect((await cycle(mixed(ids))).route53).toMatchObject([{ action: 'upserted' }])
    expect(route53.sets('Z1')).toContain('AAAA www.example.org. 60 2001:db8::1')
  }
  /** The IPv6 edge leaves. */
  const leaveSix = (ids: Record<string, string>) => {
    world.probes.clear()
    world.probes.set('2001:db8::1', probeOf('timeout', 10))
    return cycle(mixed(ids))
  }

  test.each<[string, Record<string, string>, Record<string, string>, number, Fault | null]>([
    ['is missing', configured, configured, 1, 'missing'],
    ['is missing three times', configured, configured, 3, 'missing'],
    ['is missing, found by its name', {}, {}, 1, 'missing'],
    ['has its id mistyped', configured, { 'example.org': 'Z9' }, 1, null],
    ['has its id mistyped, found by its name otherwise', {}, { 'example.org': 'Z9' }, 2, null],
    ['has the id of another zone', configured, { 'example.org': 'Z2' }, 1, null],
  ])('for a while (%s) keeps its owner: what edgemanage published there is deleted', async (...way) => {
    const [_how, ids, meanwhile, cycles, fault] = way
    route53.addZone('Z2', 'example.net')
    await publishBoth(ids)
    route53.faults(({ kind }) => (kind === 'hosted zones' ? null : fault))
    for (let n = 0; n < cycles; n++) {
      const away = await cycle(mixed(meanwhile), { forceUpdate: true })
      expect(away).toMatchObject({ status: 'ok', route53: [{ action: expect.stringMatching(/refused|due/) }] })
    }
    route53.faults(() => null)
    const back = await leaveSix(ids)
    expect(back.route53).toMatchObject([{ action: 'upserted' }])
    expect(back.route53[0]?.reason).not.toContain('not pushed before')
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
    expect(world.pushed.get('example.org')).toEqual({
      ...{ hostedZone: 'Z1', attempted: [], due: null },
      sets: expect.objectContaining({ length: 3 }),
    })
  })

  test('keeps its owner where the run dies, too', async () => {
    await publishBoth(configured)
    world.before = step => {
      if (step === 'finish') throw new Error('killed')
    }
    await cycle(mixed({ 'example.org': 'Z9' }))
    world.before = () => {}
    world.now += 60_000
    await leaveSix(configured)
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })

  test('for good is none of the new one’s business: no set there is taken for one of the old one', async () => {
    await publishBoth(configured)
    route53.addZone('Z2', 'example.org')
    route53.put('Z2', { name: 'www.example.org', type: 'AAAA', ttl: 300, values: ['2001:db8::9'] })
    const old = route53.sets('Z1')
    await leaveSix({ 'example.org': 'Z2' })
    await cycle(mixed({ 'example.org': 'Z2' }), { forceUpdate: true })
    expect(route53.sets('Z2')).toContain('AAAA www.example.org. 300 2001:db8::9')
    expect(route53.sets('Z2').filter(set => set.startsWith('A '))).toEqual(addresses('192.0.2.1', '192.0.2.2'))
    expect(route53.sets('Z1')).toEqual(old)
    await cycle(mixed(configured))
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })
})

describe('drift', () => {
  test('a hand edit is found by the turn of the zone, named, and put right', async () => {
    const network = networkWith({ verify_every: 3 })
    await cycle(network)
    for (let n = 0; n < 2; n++) await cycle(network)
    const before = route53.journal.length
    for (let n = 0; n < 6; n++) await cycle(network)
    expect(kinds().slice(before)).toEqual(['record sets', 'record sets'])
    route53.put('Z1', { name: 'WWW.example.org', type: 'A', ttl: 60, values: ['198.51.100.1'] })
    route53.put('Z1', { name: 'example.org', type: 'A', ttl: 60, values: ['192.0.2.2', '192.0.2.1'] })
    const reports = [await cycle(network), await cycle(network), await cycle(network)]
    const warnings = reports.flatMap(report => report.warnings)
    expect(warnings).toEqual([
      'zone example.org: Route 53 had A www.example.org 60 198.51.100.1 instead of A www.example.org 60 192.0.2.1 192.0.2.2',
    ])
    expect(reports.flatMap(({ route53: [row] }) => row?.action).sort()).toEqual(['unchanged', 'unchanged', 'upserted'])
    expect(route53.sets('Z1')).toContain('A www.example.org. 60 192.0.2.1 192.0.2.2')
  })

  test('what somebody took away comes back in the turn of the zone, though it is a cycle that changes addresses', async () => {
    const dual = (...labels: string[]) => labels.map(label => `AAAA ${label}example.org. 60 2001:db8::1`)
    await cycle(networkWith({ verify_every: 1 }, ['example.org'], ['192.0.2.1', '2001:db8::1']))
    route53.remove('Z1', 'www.example.org', 'AAAA')
    const before = route53.journal.length
    const report = await cycle(networkWith({ verify_every: 1 }, ['example.org'], ['192.0.2.3', '2001:db8::1']))
    expect(kinds().slice(before)).toEqual(['record sets', 'change'])
    expect(report.warnings).toEqual([
      'zone example.org: Route 53 had no AAAA record at www.example.org instead of AAAA www.example.org 60 2001:db8::1',
    ])
    expect(route53.sets('Z1').sort()).toEqual([...addresses('192.0.2.3'), ...dual('', '\\052.', 'www.')].sort())
  })

  test('a set that was taken away comes back; with verify_every 0 nothing is read', async () => {
    await cycle()
    route53.remove('Z1', 'www.example.org', 'A')
    for (let n = 0; n < 5; n++) await cycle()
    expect(kinds()).toHaveLength(2)
    const report = await cycle(networkWith({ verify_every: 1 }))
    expect(report.warnings.join()).toContain('had no A record at www.example.org instead of')
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })
})

describe('faults', () => {
  test.each(['throttled', 'error', 'reset before', 'reset after'] as const)(
    'once %s, the push goes through in the same cycle, and is read after a lost answer',
    async fault => {
      let left = 1
      route53.faults(({ kind }) => (kind === 'change' && left-- > 0 ? fault : null))
      expect(await cycle()).toMatchObject({ status: 'ok', route53: [{ action: 'upserted' }], warnings: [] })
      expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
      const reads = kinds().filter(kind => kind === 'record sets')
      expect(reads).toHaveLength(fault === 'throttled' ? 1 : 2)
    },
  )

  test('what never gets through is due, the zone in the bucket is published all the same, and the next cycle reads first', async () => {
    route53.faults(({ kind }) => (kind === 'change' ? 'reset after' : null))
    const report = await cycle()
    expect(report).toMatchObject({ status: 'ok', zones: [{ action: 'published' }] })
    route53.faults(() => 'error')
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    const second = await cycle()
    expect(second).toMatchObject({ status: 'ok', zones: [{ action: 'published' }], route53: [{ action: 'due' }] })
    expect(second.warnings.join()).toMatch(/the records of zone example\.org are due: Route 53 gave no answer/)
    route53.faults(() => null)
    const before = route53.journal.length
    expect(await cycle()).toMatchObject({
      status: 'ok',
      route53: [{ action: 'upserted' }],
      zones: [{ action: 'unchanged' }],
    })
    expect(kinds().slice(before)).toEqual(['record sets', 'change'])
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.2', '192.0.2.3'))
  })

  test('a bucket that is away does not hold back the records; with both away the cycle has failed', async () => {
    world.before = step => {
      if (step.startsWith('put')) throw new Error('bucket away')
    }
    expect(await cycle()).toMatchObject({ status: 'ok', zones: [{ action: 'due' }], route53: [{ action: 'upserted' }] })
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
    route53.faults(() => 'denied')
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    expect(await cycle()).toMatchObject({ status: 'failed', zones: [{ action: 'due' }], route53: [{ action: 'due' }] })
  })

  test('a run that dies after it pushed an AAAA set still knows whose it is', async () => {
    const mixed = networkWith({}, ['example.org'], ['192.0.2.1', '192.0.2.2', '2001:db8::1'])
    await cycle(mixed)
    world.probes.set('192.0.2.2', probeOf('timeout', 10))
    world.before = step => {
      if (step === 'finish') throw new Error('killed')
    }
    await cycle(mixed)
    expect(route53.sets('Z1')).toContain('AAAA www.example.org. 60 2001:db8::1')
    world.before = () => {}
    world.now += 60_000
    world.probes.clear()
    world.probes.set('2001:db8::1', probeOf('timeout', 10))
    expect(await cycle(mixed)).toMatchObject({ route53: [{ action: 'upserted' }] })
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })

  test.each([
    ['finish', {}, 'upserted', 'due', 'it was pushed, but the cycle could not save that'],
    ['finish', { verify_every: 1 }, 'unchanged', 'unchanged', 'read back, and as it should be'],
    ['record', {}, 'upserted', 'due', 'not pushed: what the cycle decided could not be saved'],
    ['record', { verify_every: 1 }, 'unchanged', 'unchanged', 'the cycle failed before it was read back'],
  ])(
    'where a run fails at %s (%j), what would be %s is told as %s: %s',
    async (where, settings, would, action, reason) => {
      await cycle(networkWith(settings))
      if (would === 'upserted') world.probes.set('192.0.2.1', probeOf('timeout', 10))
      world.before = step => {
        if (step === where) throw new Error('table away')
      }
      const count = route53.journal.length
      const report = await cycle(networkWith(settings))
      expect(report).toMatchObject({ status: 'failed', route53: [{ zone: 'example.org', action, reason }] })
      expect(route53.journal).toHaveLength(count + (where === 'record' ? 0 : 1))
    },
  )

  test('where a run fails at its end, what it found as it should be is due still if it was announced', async () => {
    await cycle()
    route53.faults(() => 'denied')
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    await cycle()
    route53.faults(() => null)
    world.probes.clear()
    world.probes.set('192.0.2.3', probeOf('timeout', 10))
    world.before = step => {
      if (step === 'finish') throw new Error('table away')
    }
    expect((await cycle()).route53).toEqual([
      { zone: 'example.org', action: 'due', reason: 'nothing is left to change, but the cycle could not save that' },
    ])
  })

  test('nothing is asked in a cycle that is blind or has no edge', async () => {
    for (const edge of edges) world.probes.set(edge, probeOf('timeout', 10))
    expect(await cycle()).toMatchObject({ status: 'no_edges', route53: [{ action: 'unchanged' }] })
    world.probes.clear()
    world.referencesAnswer = false
    const network = networkWith()
    const blind = { ...network, settings: { ...network.settings, references: ['http://192.0.2.99/'] } }
    expect(await cycle(blind)).toMatchObject({ status: 'blind' })
    expect(route53.journal).toEqual([])
  })
})

describe('a dry run', () => {
  test('reads what it would change, shows the difference, and changes nothing', async () => {
    await cycle()
    const before = route53.sets('Z1')
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    const count = route53.journal.length
    const report = await cycle(networkWith(), { dryRun: true })
    const change = { action: 'UPSERT', type: 'A', ttl: 60, values: ['192.0.2.2', '192.0.2.3'] }
    const now = { ttl: 60, values: ['192.0.2.1', '192.0.2.2'] }
    expect(report.route53).toEqual([
      {
        zone: 'example.org',
        action: 'planned',
        reason: 'its addresses changed',
        changes: ['example.org.', 'www.example.org.', '*.example.org.'].map(name => ({ ...change, name, before: now })),
      },
    ])
    expect(route53.sets('Z1')).toEqual(before)
    expect(kinds().slice(count)).toEqual(['record sets'])
    world.probes.clear()
    await cycle(networkWith(), { dryRun: true })
    expect(kinds()).toHaveLength(count + 1)
    await cycle(networkWith(), { dryRun: true, verbose: true })
    expect(kinds()).toHaveLength(count + 2)
  })

  test.each([
    ['in the turn of a zone', { verify_every: 1 }, {}],
    ['when an update is forced', { verify_every: 0 }, { forceUpdate: true }],
  ])('reads %s what a real run would read, and plans what that would put right', async (_when, settings, how) => {
    await cycle(networkWith(settings))
    const count = route53.journal.length
    const sound = await cycle(networkWith(settings), { ...how, dryRun: true })
    expect(sound.route53).toEqual([
      { zone: 'example.org', action: 'unchanged', reason: 'read back, and as it should be' },
    ])
    expect(kinds().slice(count)).toEqual(['record sets'])
    route53.put('Z1', { name: 'www.example.org', type: 'A', ttl: 60, values: ['198.51.100.1'] })
    const planned = await cycle(networkWith(settings), { ...how, dryRun: true })
    expect(planned.route53).toMatchObject([{ action: 'planned', reason: 'read back, and not as it should be' }])
    expect(planned.route53[0]?.changes).toMatchObject([
      { action: 'UPSERT', name: 'www.example.org.', before: { ttl: 60, values: ['198.51.100.1'] } },
    ])
    const real = await cycle(networkWith(settings), how)
    expect(real.warnings).toEqual(planned.warnings)
    expect(route53.journal.at(-1)?.changes.map(({ set }) => set.name)).toEqual(['www.example.org.'])
  })

  test('plans no more than a run would change now, and -v tells what waits for its turn', async () => {
    const mixed = networkWith({}, ['example.org'], ['192.0.2.1', '2001:db8::1', '192.0.2.3'])
    world.probes.set('192.0.2.3', probeOf('timeout', 10))
    await cycle(mixed)
    route53.put('Z1', { name: 'www.example.org', type: 'AAAA', ttl: 60, values: ['2001:db8::9'] })
    const waits = await cycle(mixed, { dryRun: true, verbose: true })
    expect(waits.route53).toEqual([
      {
        zone: 'example.org',
        action: 'unchanged',
        reason: 'not as it should be: put right in its turn, or when an update is forced',
      },
    ])
    expect(waits.warnings.join()).toContain('Route 53 had AAAA www.example.org 60 2001:db8::9 instead of')
    world.probes.clear()
    world.probes.set('192.0.2.1', probeOf('timeout', 10))
    const planned = await cycle(mixed, { dryRun: true })
    await cycle(mixed)
    const pushed = route53.journal.at(-1)?.changes.map(({ set }) => `${set.type} ${set.name}`)
    expect(planned.route53[0]?.changes?.map(({ type, name }) => `${type} ${spelled(name)}`)).toEqual(pushed)
    expect(route53.sets('Z1')).toContain('AAAA www.example.org. 60 2001:db8::9')
  })

  test('plans all that is found where the run would have to read after all', async () => {
    const mixed = networkWith({}, ['example.org'], ['192.0.2.1', '192.0.2.2', '2001:db8::1'])
    world.probes.set('192.0.2.2', probeOf('timeout', 10))
    await cycle(mixed)
    route53.put('Z1', { name: 'www.example.org', type: 'AAAA', ttl: 60, values: ['2001:db8::9'] })
    world.probes.clear()
    world.probes.set('2001:db8::1', probeOf('timeout', 10))
    const planned = await cycle(mixed, { dryRun: true })
    await cycle(mixed)
    const pushed = route53.journal.at(-1)?.changes.map(({ set }) => `${set.type} ${set.name} ${set.values}`)
    expect(planned.route53[0]?.changes?.map(({ type, name, values }) => `${type} ${spelled(name)} ${values}`)).toEqual(
      pushed,
    )
    expect(route53.sets('Z1')).toEqual(addresses('192.0.2.1', '192.0.2.2'))
  })
})

test('what waited and is not needed any more is not told as read back: it was not read', async () => {
  await cycle()
  world.probes.set('192.0.2.1', probeOf('timeout', 10))
  route53.faults(() => 'denied')
  expect(await cycle()).toMatchObject({ route53: [{ action: 'due' }] })
  route53.faults(() => null)
  world.probes.clear()
  world.probes.set('192.0.2.3', probeOf('timeout', 10))
  const count = route53.journal.length
  expect((await cycle()).route53).toMatchObject([{ action: 'unchanged', reason: 'nothing is left to change' }])
  expect(kinds()).toHaveLength(count)
})
