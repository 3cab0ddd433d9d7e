import { describe, expect, test, vi } from 'vitest'
import type { ZoneSource } from '../../../../functions/core/config/network.ts'
import type { Problem } from '../../../../functions/core/config/problem.ts'
import { writtenRecord } from '../../../../functions/core/decision/settle.ts'
import type { LiveEdge } from '../../../../functions/core/publication/canary.ts'
import type { ReadBack } from '../../../../functions/core/publication/zone-basis.ts'
import {
  type PlanContext,
  planZone,
  whyWriteFile,
  type ZonePlan,
} from '../../../../functions/core/publication/zone-plan.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import { serialOf } from '../../../../functions/core/zone/published.ts'
import { addressesIn, addressOf, network, now, templates, zoneRecord } from '../../../helpers/core.ts'
import { settingsOf, zoneOf } from '../../../helpers/world.ts'

const nowSeconds = Math.floor(now / 1000)
const zone = 'example.org'
const source = zoneOf(zone, 'mail A 192.0.2.77\n')

function live(edges: string): LiveEdge[] {
  return [...edges].map(name => ({ name, address: addressOf(name), isFailing: false, isOrdered: false }))
}

function context(changes: Partial<PlanContext> = {}): PlanContext {
  return {
    network: network('abc'),
    template: templates.zone,
    now,
    records: new Map([[zone, zoneRecord()]]),
    readBack: new Map(),
    live: live('ab'),
    canaries: new Map(),
    forceUpdate: false,
    ...changes,
  }
}

/** The context after the zone was published in the given one, a minute ago. */
function publishedIn(given: PlanContext, serial = nowSeconds - 60): PlanContext {
  const plan = written(planZone(source, given))
  return { ...given, records: new Map([[zone, { ...writtenRecord(plan, plan.hash), serial }]]) }
}

function written(plan: ZonePlan): ZonePlan & { action: 'write' } {
  if (plan.action !== 'write') throw new Error(`planned ${plan.action}: ${plan.reason}`)
  return plan
}

function readBack(found: ReadBack): PlanContext['readBack'] {
  return new Map([[zone, found]])
}

const problem: Problem = {
  severity: 'error',
  file: 'zones/net/example.org.zone',
  line: 3,
  column: 1,
  message: 'an A record at @',
  network: 'net',
  scope: 'zone',
}
const broken: ZoneSource = { ...source, include: null, errors: [problem] }

describe('a zone is written (behaviour §7.2)', () => {
  test('when it is new', () => {
    const plan = written(planZone(source, context()))
    expect(plan).toMatchObject({ zone, reason: 'not published before', warnings: [] })
    expect(plan.record).toEqual({ serial: nowSeconds, hash: null, due: true, orphaned: false, unclaimed: true })
    expect(serialOf(plan.text)).toBe(nowSeconds)
    expect(addressesIn(plan.text)).toEqual([addressOf('a'), addressOf('b')])
    expect(plan.text).toContain('mail A 192.0.2.77\n')
  })

  const published = publishedIn(context())
  const { dns } = settingsOf()

  test.each<[string, Partial<PlanContext>, Partial<ZoneSource>]>([
    ['its live set', { live: live('ac') }, {}],
    ['its include', {}, { include: 'mail A 192.0.2.78\n' }],
    ['its template', { template: `; new\n${templates.zone}` }, {}],
    ['its canary', { canaries: new Map([[zone, '198.51.100.1']]) }, {}],
    ['SOA data', { network: network('abc', { dns: { ...dns, soa: { ...dns.soa, refresh: 1 } } }) }, {}],
    ['the name servers', { network: network('abc', { dns: { ...dns, ns_records: ['ns9.example.com.'] } }) }, {}],
    ['the TTL', { network: network('abc', { dns: { ...dns, ttl: 60 } }) }, {}],
    ['the rotate labels', { network: network('abc', { dns: { ...dns, rotate_zones: ['www', 'cdn'] } }) }, {}],
  ])('when its content changed: %s', (_, changes, source_) => {
    const plan = written(planZone({ ...source, ...source_ }, { ...published, ...changes }))
    expect(plan).toMatchObject({ reason: 'its content changed', record: { serial: nowSeconds, due: true } })
  })

  test('when it is due, whatever its content', () => {
    const [[, record = zoneRecord()] = []] = published.records
    const due = { ...published, records: new Map([[zone, { ...record, due: true }]]) }
    expect(planZone(source, due)).toMatchObject({ action: 'write', reason: 'an earlier write was not confirmed' })
  })

  test('when the run forces an update', () => {
    expect(planZone(source, { ...published, forceUpdate: true })).toMatchObject({
      action: 'write',
      reason: 'update forced',
    })
  })

  test('and otherwise left alone: time and a canary elsewhere change nothing', () => {
    const later = { ...published, now: now + 86_400_000, canaries: new Map([['example.net', '198.51.100.1']]) }
    expect(planZone(source, later)).toEqual({
      zone,
      action: 'keep',
      record: published.records.get(zone),
      reason: 'nothing changed',
      warnings: [],
    })
  })

  test('until its write is confirmed, its record keeps the hash that was', () => {
    const plan = written(planZone(source, { ...published, live: live('ac') }))
    expect(plan.record.hash).toBe(published.records.get(zone)?.hash)
    expect(plan.hash).not.toBe(plan.record.hash)
  })

  test('with the order of the live set of no account', () => {
    expect(planZone(source, { ...published, live: live('ba') }).action).toBe('keep')
  })
})

describe('the serial (behaviour §7.3)', () => {
  test.each([
    ['the unix time', 0, nowSeconds],
    ['the unix time, a second later than the last', nowSeconds - 1, nowSeconds],
    ['the last one and one more in the same second', nowSeconds, nowSeconds + 1],
    ['the last one and one more where the clock went back', nowSeconds + 500, nowSeconds + 501],
  ])('is %s', (_, last, serial) => {
    const plan = written(planZone(source, publishedIn(context({ forceUpdate: true }), last)))
    expect(plan.record.serial).toBe(serial)
    expect(serialOf(plan.text)).toBe(serial)
  })
})

describe('a broken include (behaviour §7.5)', () => {
  const good = written(planZone(source, context()))
  const located = 'zones/net/example.org.zone:3:1: an A record at @'

  test('the zone goes on rotating with the include in the published zone', () => {
    const records = new Map([[zone, { ...writtenRecord(good, good.hash), due: false }]])
    const found = readBack({ status: 'read', text: good.text })
    expect(planZone(broken, context({ records, readBack: found }))).toMatchObject({
      action: 'keep',
      warnings: [located],
    })
    const plan = written(planZone(broken, context({ records, readBack: found, live: live('ac') })))
    expect(addressesIn(plan.text)).toEqual([addressOf('a'), addressOf('c')])
    expect(plan.text).toContain('mail A 192.0.2.77\n')
    expect(plan.warnings).toEqual([located])
  })

  test.each<[string, string | null]>([
    ['was never published', null],
    ['was published by somebody else', '@ 300 IN SOA a. b. 7 1 1 1 1\n'],
  ])('without an earlier include the zone is invalid: it %s', (_, text) => {
    const plan = planZone(broken, context({ records: new Map(), readBack: readBack({ status: 'read', text }) }))
    const reason = 'an A record at @; there is no earlier include to use instead'
    expect(plan).toMatchObject({
      action: 'invalid',
      reason,
      warnings: [located, `zone ${zone} is invalid: ${reason}`],
    })
  })

  test('an earlier include that would no longer load with the settings of today is not gone on with', () => {
    const found = readBack({ status: 'read', text: good.text })
    const settings = settingsOf({ dns: { ...settingsOf().dns, rotate_zones: ['www', 'mail'] } })
    const plan = planZone(broken, context({ readBack: found, network: { ...context().network, settings } }))
    expect(plan).toMatchObject({
      action: 'invalid',
      reason: 'an A record at @; there is no earlier include to use instead',
    })
  })

  test.each<[string, PlanContext['readBack']]>([
    ['it cannot be read', readBack({ status: 'unreadable' })],
    ['nobody read it', new Map()],
  ])('while the published zone is not known the zone waits: %s', (_, found) => {
    const plan = planZone(broken, context({ readBack: found }))
    const reason = 'the published zone is needed and cannot be read: left as it is until it can'
    expect(plan).toMatchObject({ action: 'wait', record: zoneRecord(), reason })
    expect(plan.warnings).toEqual([located, `zone ${zone}: ${reason}`])
  })

  test('a zone in two networks goes on with nothing (behaviour §7.7)', () => {
    const twice = { ...broken, publishable: false, errors: [{ ...problem, message: 'it is in two networks' }] }
    const found = readBack({ status: 'read', text: good.text })
    expect(planZone(twice, context({ readBack: found }))).toMatchObject({
      action: 'invalid',
      reason: 'it is in two networks',
    })
    expect(planZone(twice, context()).action).toBe('invalid')
  })
})

describe('a lost record (behaviour §8.5)', () => {
  const lost = (found: ReadBack) => context({ records: new Map(), readBack: readBack(found) })

  test('the serial is read back from the published zone', () => {
    const old = written(planZone(source, publishedIn(context({ forceUpdate: true }), nowSeconds + 99))).text
    const plan = written(planZone(source, lost({ status: 'read', text: old })))
    expect(plan.record.serial).toBe(nowSeconds + 101)
  })

  test.each([
    ['there is no published zone', null],
    ['there is no serial in it', 'nothing\n'],
  ])('it starts with the unix time where %s', (_, text) => {
    const plan = written(planZone(source, lost({ status: 'read', text })))
    expect(plan.record).toMatchObject({ serial: nowSeconds, hash: null })
  })

  test('while it cannot be read, nothing of the zone is published', () => {
    expect(planZone(source, lost({ status: 'unreadable' }))).toMatchObject({ action: 'wait', record: null })
    expect(planZone(source, context({ records: new Map() }))).toMatchObject({ action: 'wait', record: null })
  })
})

describe('a zone that returns (behaviour §7.6)', () => {
  test('is no orphan any more, and its serial goes on growing', () => {
    const records = new Map([[zone, zoneRecord({ serial: nowSeconds + 5, hash: 'old', orphaned: true })]])
    expect(planZone(source, context({ records }))).toMatchObject({
      action: 'write',
      record: { serial: nowSeconds + 6, orphaned: false },
    })
  })
})

describe('a canary in its zone (behaviour §6)', () => {
  test('takes the place of one edge', () => {
    const plan = written(planZone(source, context({ canaries: new Map([[zone, '198.51.100.1']]) })))
    const addresses = addressesIn(plan.text)
    expect(addresses).toHaveLength(2)
    expect(addresses).toContain('198.51.100.1')
  })
})

describe('named.conf and the live list', () => {
  test.each<[string, Parameters<typeof whyWriteFile>, string | null]>([
    ['never written', [{ hash: null, due: false }, 'x', false], 'its content changed'],
    ['changed', [{ hash: hashText('y'), due: false }, 'x', false], 'its content changed'],
    ['due', [{ hash: hashText('x'), due: true }, 'x', false], 'an earlier write was not confirmed'],
    ['forced', [{ hash: hashText('x'), due: false }, 'x', true], 'update forced'],
    ['unchanged', [{ hash: hashText('x'), due: false }, 'x', false], null],
  ])('%s', (_, given, why) => {
    expect(whyWriteFile(...given)).toBe(why)
  })
})

describe('an include with very many faults', () => {
  const errors = Array.from({ length: 60_000 }, (_, at): Problem => {
    const about = { severity: 'error', file: 'zones/net/example.org.zone', network: 'net', scope: 'zone' } as const
    return { ...about, line: at + 1, column: 1, message: `'${'x'.repeat(200)}' is not a record type` }
  })
  const faulty: ZoneSource = { ...source, include: null, errors }

  test('is told by the first of them and their number', () => {
    const records = new Map([[zone, zoneRecord()]])
    const plan = planZone(faulty, context({ records, readBack: new Map([[zone, { status: 'read', text: null }]]) }))
    expect(plan.action).toBe('invalid')
    expect(plan.reason).toMatch(/; and 59,997 more errors; there is no earlier include to use instead$/)
    expect(plan.warnings).toHaveLength(12)
    expect(plan.warnings[10]).toBe('zones/net/example.org.zone: and 59,990 more errors: edgemanage validate lists them')
    expect(JSON.stringify(plan).length).toBeLessThan(10_000)
  })
})

describe('a zone that does not load as it was rendered is invalid and stays as it is (behaviour §7.5)', () => {
  const marked = templates.zone.replace('{{include}}', '<<<<<<< HEAD\n{{include}}')
  test.each([
    ['a line that is no record', marked, /^as rendered it does not load: line \d+: 'HEAD' is not a record type$/],
    ['no SOA', templates.zone.replace('SOA', 'TXT'), /^as rendered it does not load: /],
    ['an empty one', '', /example\.org has no SOA record$/],
    ['a name that is none', '{{nothing}}', /^it cannot be rendered: "nothing" not defined/],
  ])('%s', (_what, template, reason) => {
    const plan = planZone(source, { ...context(), template })
    expect(plan).toMatchObject({ action: 'invalid', record: zoneRecord(), reason: expect.stringMatching(reason) })
    expect(plan.warnings).toEqual([`zone example.org is invalid: ${plan.reason}`])
  })
})

test('where what makes zones is not loaded, that is said, and is no fault of the zone', async () => {
  vi.resetModules()
  const fresh = await import('../../../../functions/core/publication/zone-plan.ts')
  expect(() => fresh.planZone(source, context())).toThrow('what makes zones is not loaded yet')
  vi.resetModules()
})
