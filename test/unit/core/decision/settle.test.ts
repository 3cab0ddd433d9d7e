import { describe, expect, test } from 'vitest'
import { decide } from '../../../../functions/core/decision/decide.ts'
import { type Confirmed, intentsOf, recordsAfter, writtenRecord } from '../../../../functions/core/decision/settle.ts'
import type { Publication } from '../../../../functions/core/publication/publication.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import {
  inputOf,
  network,
  now,
  publishing,
  type Scenario,
  type stateBefore,
  zoneRecord,
} from '../../../helpers/core.ts'
import { stateAfter } from '../../../helpers/state-after.ts'
import { zoneOf } from '../../../helpers/world.ts'

const twoZones = network('abc', {}, { zones: [zoneOf('a.example'), zoneOf('b.example')] })

function decided(scenario: Scenario) {
  const input = inputOf(scenario)
  const decision = decide(input)
  return { input, decision, intents: intentsOf(decision, input.before) }
}

/** The state after one whole cycle of `twoZones`. */
function published() {
  const { input, decision } = decided({ network: twoZones, now: now - 60_000 })
  return stateAfter(input, decision)
}

describe('what a run records before it publishes (behaviour §7.4)', () => {
  test('the live set, the rotation, and each zone with the serial it will carry', () => {
    const { intents } = decided({ network: twoZones })
    expect(intents).toMatchObject({
      live: ['a', 'b'],
      rotations: [now],
      rotation: { time: now, in: [{ edge: 'a' }, { edge: 'b' }], out: [] },
      namedConf: { hash: null, due: true },
      manifest: { hash: null, due: true },
      liveList: { hash: null, due: true },
    })
    const announced = { serial: now / 1000, hash: null, due: true, orphaned: false, unclaimed: true }
    expect([...(intents?.zones ?? [])]).toEqual([
      ['a.example', announced],
      ['b.example', announced],
    ])
  })

  test('nothing where nothing will be written', () => {
    expect(decided({ network: twoZones, before: published() }).intents).toBeNull()
  })

  test('nothing where nothing may be published', () => {
    expect(decided({ network: twoZones, blind: true }).intents).toBeNull()
    expect(decided({ network: twoZones, edges: { a: 'timeout', b: 'timeout', c: 'timeout' } }).intents).toBeNull()
  })

  test('only what changes', () => {
    const oneChanged = { ...twoZones, zones: [zoneOf('a.example'), zoneOf('b.example', 'x A 192.0.2.9\n')] }
    const { intents } = decided({ network: oneChanged, before: published() })
    expect(intents).toMatchObject({ live: ['a', 'b'], rotation: null, namedConf: null, liveList: null })
    expect([...(intents?.zones.keys() ?? [])]).toEqual(['b.example'])
  })

  test('a rotation even where no zone follows it', () => {
    const none = network('abc', {}, { zones: [] })
    const { input, decision } = decided({ network: none, now: now - 60_000 })
    const state = stateAfter(input, decision)
    const { intents } = decided({ network: none, before: state, edges: { a: 'timeout' } })
    expect(intents).toMatchObject({ live: ['b', 'c'], rotations: [now - 60_000, now] })
  })

  test('a due named.conf or live list alone', () => {
    const state = published()
    const due = (changes: Parameters<typeof stateBefore>[0]) =>
      decided({ network: twoZones, before: { ...state, ...changes } }).intents
    expect(due({ namedConf: { ...state.namedConf, due: true } })).toMatchObject({
      namedConf: { ...state.namedConf, due: true },
      liveList: null,
    })
    expect(due({ liveList: { ...state.liveList, due: true } })).toMatchObject({ namedConf: null })
  })
})

describe('what is recorded at the end', () => {
  const nothing: Confirmed = { zones: new Map(), namedConf: null, liveList: null }
  const publication = (changes: Partial<Publication>): Publication => ({
    zones: [],
    orphans: new Map(),
    liveList: null,
    namedConf: false,
    ...{ leaving: new Map(), noted: new Set<string>(), manifest: false, isComplete: true },
    records: [],
    warnings: [],
    rendered: {},
    ...changes,
  })
  const about = { reason: '', warnings: [] }
  const record = zoneRecord({ serial: 9, hash: 'old', due: true })
  const write = { ...about, zone: 'a.example', action: 'write' as const, record, text: 'text', hash: 'new' }

  test('a confirmed write is due no more', () => {
    const confirmed = { zones: new Map([['a.example', 'new']]), namedConf: 'conf', liveList: 'list', manifest: 'told' }
    const file = { serial: 9, sha256: hashText('text') }
    expect(recordsAfter(publication({ zones: [write] }), confirmed)).toEqual({
      zones: new Map([['a.example', { serial: 9, hash: 'new', due: false, orphaned: false, file }]]),
      manifest: { hash: 'told', due: false },
      namedConf: { hash: 'conf', due: false },
      liveList: { hash: 'list', due: false },
    })
  })

  test('what is known of records in Route 53 is taken over', () => {
    const pushed = new Map([['a.example', { hostedZone: 'Z1', sets: [], attempted: [], due: null }]])
    expect(recordsAfter(publication({}), { ...nothing, pushed }).pushed).toBe(pushed)
  })

  test('one that failed stays as it was announced: due', () => {
    expect(recordsAfter(publication({ zones: [write] }), nothing)).toEqual({
      zones: new Map(),
      namedConf: null,
      liveList: null,
      manifest: null,
    })
  })

  test('orphans are marked, and their serial is not forgotten', () => {
    const orphans = new Map([['gone.example', zoneRecord({ serial: 4, hash: 'x', orphaned: true })]])
    expect(recordsAfter(publication({ orphans }), nothing).zones).toEqual(orphans)
  })

  test.each(['keep', 'wait', 'invalid'] as const)('a zone that came back is no orphan any more (%s)', action => {
    const came = {
      ...about,
      zone: 'back.example',
      action,
      record: zoneRecord({ serial: 4, hash: 'x', orphaned: true }),
    }
    const stayed = { ...about, zone: 'stayed.example', action, record: zoneRecord({ serial: 4, hash: 'x' }) }
    const unknown = { ...about, zone: 'unknown.example', action, record: null }
    expect(recordsAfter(publication({ zones: [came, stayed, unknown] }), nothing).zones).toEqual(
      new Map([['back.example', zoneRecord({ serial: 4, hash: 'x' })]]),
    )
  })
})

describe('cycle after cycle', () => {
  test('a crash or a lost answer leaves a zone due; the next cycle writes it with a higher serial', () => {
    const { input, decision } = decided({ network: twoZones, now: now - 60_000 })
    for (const crashed of [
      stateAfter(input, decision, 'crash before publishing'),
      stateAfter(input, decision, 'crash before saving'),
      stateAfter(input, decision, 'finished', object => object !== 'a.example'),
    ]) {
      const next = decided({ network: twoZones, before: crashed }).decision
      expect(next.rotation).toBeNull()
      expect(publishing(next).publication.zones[0]).toMatchObject({
        action: 'write',
        reason: 'an earlier write was not confirmed',
        record: { serial: now / 1000 },
      })
    }
  })

  test('even when its content is the published one again (behaviour §7.4)', () => {
    const state = published()
    const changed = { ...twoZones, zones: [zoneOf('a.example', 'x A 192.0.2.9\n'), zoneOf('b.example')] }
    const { input, decision } = decided({ network: changed, before: state, now: now - 30_000 })
    const crashed = stateAfter(input, decision, 'crash before saving')
    const next = publishing(decided({ network: twoZones, before: crashed }).decision).publication
    expect(next?.zones.map(zone => zone.action)).toEqual(['write', 'keep'])
  })

  test('a zone removed while it is due is written on its return, whatever its content (behaviour §7.4)', () => {
    const changed = { ...twoZones, zones: [zoneOf('a.example'), zoneOf('b.example', 'x A 192.0.2.9\n')] }
    const lost = decided({ network: changed, before: published(), now: now - 50_000 })
    const crashed = stateAfter(lost.input, lost.decision, 'crash before saving')
    const one = { ...twoZones, zones: [zoneOf('a.example')] }
    const removed = decided({ network: one, before: crashed, now: now - 40_000 })
    const back = decided({ network: twoZones, before: stateAfter(removed.input, removed.decision) })
    expect(publishing(back.decision).publication.zones[1]).toMatchObject({
      action: 'write',
      record: { serial: now / 1000 },
    })
  })

  test('a removed zone is reported once, keeps its clause, and comes back without harm', () => {
    const one = { ...twoZones, zones: [zoneOf('a.example')] }
    const removed = decided({ network: one, before: published() })
    const warning = 'zone b.example is gone from the configuration: it stays published as it is'
    expect(removed.decision.warnings).toEqual([warning])
    expect(publishing(removed.decision).publication).toMatchObject({ namedConf: false })
    const state = stateAfter(removed.input, removed.decision)
    const later = decided({ network: one, before: state })
    expect(later.decision.warnings).toEqual([])
    const back = decided({ network: twoZones, before: stateAfter(later.input, later.decision) })
    expect(publishing(back.decision).publication.zones[1]).toMatchObject({ action: 'keep' })
    expect(stateAfter(back.input, back.decision).zones.get('b.example')).toMatchObject({ orphaned: false })
  })
})

test.each([
  ['a zone that was claimed before is this network’s', true, true, undefined],
  ['a zone whose claim is not confirmed is still unclaimed', true, false, true],
  ['a zone that was never given away needs no claim', false, false, undefined],
])('%s (behaviour §7.6)', (_how, wasUnclaimed, isClaimed, unclaimed) => {
  const record = zoneRecord({ serial: 7, due: true, ...(wasUnclaimed && { unclaimed: true }) })
  const plan = { zone: 'a.example', action: 'write' as const, record, text: 'text' }
  const written = writtenRecord(plan as Parameters<typeof writtenRecord>[0], 'hash', isClaimed)
  expect(written).toMatchObject({ hash: 'hash', due: false, file: { serial: 7, sha256: hashText('text') } })
  expect(written.unclaimed).toBe(unclaimed)
})
