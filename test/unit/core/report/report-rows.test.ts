import { describe, expect, test } from 'vitest'
import { decide } from '../../../../functions/core/decision/decide.ts'
import type { ReadBack } from '../../../../functions/core/publication/zone-basis.ts'
import type { RecordReport } from '../../../../functions/core/report/report.ts'
import type { ZoneOutcomes } from '../../../../functions/core/report/report-rows.ts'
import { canaryRows, edgeRows, placedZones, zoneRows } from '../../../../functions/core/report/report-rows.ts'
import {
  inputOf,
  network,
  now,
  order,
  orders,
  publishing,
  runAgo,
  type Scenario,
  stateBefore,
  told,
  zoneRecord,
} from '../../../helpers/core.ts'
import { networkOf, zoneOf } from '../../../helpers/world.ts'
import { zoneWith } from '../../../helpers/zones.ts'

const canary = '198.51.100.1'
const canaries = [{ zone: 'example.org', address: canary }]

const kept = { recorded: true, saved: true }
const nothing: ZoneOutcomes = { ...kept, dryRun: false, written: new Set(), failures: new Map() }

/** The rows of a cycle in which every zone was written, unless `outcomes` say otherwise. */
function rowsIn(scenario: Scenario, verbose = false, outcomes?: ZoneOutcomes, records: readonly RecordReport[] = []) {
  const input = inputOf(scenario)
  const decision = decide(input)
  const written = new Set(input.network.zones.map(({ name }) => name))
  const zones = zoneRows(decision, input.network, input.before.zones, outcomes ?? { ...nothing, written })
  const placed = placedZones(decision, input.network, zones, records)
  return {
    decision,
    input,
    edges: edgeRows(decision.participants, input.network, input.probing, verbose),
    zones,
    canaries: canaryRows(decision.participants, placed, input.network, input.probing, verbose),
  }
}

describe('rows about edges (contract, "Report")', () => {
  test('hold all that is known of an edge', () => {
    const runs = [runAgo(600, { a: 0.4 }), runAgo(60, { a: 0.2 })]
    const state = stateBefore({ runs, orders: orders(order('a', 'force')) })
    expect(rowsIn({ network: network('a'), before: state, edges: { a: 0.3 } }).edges).toEqual([
      {
        edge: 'a',
        address: '192.0.2.1',
        mode: 'force',
        outcome: 'ok',
        judgement: 'pass_threshold',
        fetchSeconds: 0.3,
        windowAverage: 0.25,
        average: 0.3,
        state: 'in',
        reason: '0.3 s, under goodenough (0.5 s); ordered force by root: "maintenance"',
      },
    ])
  })

  test('a failed probe took the timeout, whatever it took', () => {
    const [row] = rowsIn({ network: network('ab', { timeout: 4 }), edges: { a: 'refused' } }).edges
    expect(row).toMatchObject({ fetchSeconds: 4, judgement: 'fail', average: 4, state: 'out' })
  })

  test('there is null where there is nothing', () => {
    const [row] = rowsIn({ network: networkOf(['e.example']), edges: { 'e.example': 'skipped' } }).edges
    expect(row).toMatchObject({
      address: null,
      outcome: 'skipped',
      judgement: null,
      fetchSeconds: null,
      windowAverage: null,
      average: null,
      state: 'out',
    })
  })

  test('a skipped one has its averages and its judgement, and no fetch time', () => {
    const state = stateBefore({ runs: [runAgo(600, { a: 0.2 })] })
    const [row] = rowsIn({ network: network('a'), before: state, edges: { a: 'skipped' } }).edges
    expect(row).toMatchObject({ judgement: 'pass_threshold', fetchSeconds: null, windowAverage: null, average: 0.2 })
  })

  test('a blind cycle has outcomes and no judgements', () => {
    const state = stateBefore({ live: ['a'], runs: [runAgo(60, { a: 0.2 })] })
    const { edges } = rowsIn({ network: network('ab'), before: state, edges: { a: 'timeout' }, blind: true })
    expect(edges).toMatchObject([
      { outcome: 'timeout', judgement: null, fetchSeconds: 10, average: 0.2, state: 'in' },
      { outcome: 'ok', judgement: null, fetchSeconds: 0.1, average: null, state: 'out' },
    ])
  })

  test('the end of a certificate is told where the probe saw one, whatever came of it', () => {
    const certificateExpires = Date.UTC(2026, 11, 24, 12)
    const a = told('tls_error', '192.0.2.1', { certificateExpires })
    const [first, second] = rowsIn({ network: network('ab'), edges: { a, b: 0.1 } }).edges
    expect(first?.certificateExpires).toBe('2026-12-24T12:00:00.000Z')
    expect(second).not.toHaveProperty('certificateExpires')
  })

  test('phases are told where they are asked for', () => {
    const phases = { resolve: null, connect: 1, tls: 2, firstByte: 3, body: 4 }
    const scenario = { network: network('a', {}, { canaries }), edges: { a: told(0.1, null, { phases }) } }
    expect(rowsIn(scenario, true).edges[0]?.phases).toEqual(phases)
    expect(rowsIn(scenario, true).canaries[0]).toHaveProperty('phases')
    expect(rowsIn(scenario).edges[0]).not.toHaveProperty('phases')
    expect(rowsIn(scenario).canaries[0]).not.toHaveProperty('phases')
  })
})

describe('rows about canaries', () => {
  const net = network('ab', {}, { canaries })
  const passed = stateBefore({ runs: [runAgo(60, { a: 0.1, b: 0.1 }, { [canary]: 0.1 })] })

  test.each<[string, Omit<Scenario, 'network'>, object]>([
    [
      'that passes',
      { canaries: { [canary]: 0.2 } },
      { outcome: 'ok', judgement: 'pass_threshold', fetchSeconds: 0.2, used: true },
    ],
    ['that passes at all', { canaries: { [canary]: 3 } }, { judgement: 'pass', used: true }],
    ['that fails', { canaries: { [canary]: 'bad_status' } }, { judgement: 'fail', fetchSeconds: 10, used: false }],
    [
      'that was skipped',
      { before: passed, canaries: { [canary]: 'skipped' } },
      { outcome: 'skipped', judgement: 'pass_threshold', fetchSeconds: null, used: false },
    ],
    ['where the killer fired', { killed: true }, { outcome: 'ok', judgement: 'fail', fetchSeconds: 0.1, used: false }],
    [
      'skipped by the killer',
      { before: passed, canaries: { [canary]: 'skipped' }, killed: true },
      { outcome: 'skipped', judgement: 'fail', used: false },
    ],
    [
      'in a blind cycle',
      { before: passed, blind: true },
      { outcome: 'ok', judgement: null, fetchSeconds: 0.1, used: false },
    ],
    [
      'where nothing is published',
      { edges: { a: 'timeout', b: 'timeout' } },
      { judgement: 'pass_threshold', used: false },
    ],
  ])('%s', (_, scenario, row) => {
    expect(rowsIn({ network: net, ...scenario }).canaries).toMatchObject([
      { zone: 'example.org', address: canary, ...row },
    ])
  })

  test('stand for every zone that has one, each with the one probe they share', () => {
    const shared = [...canaries, { zone: 'example.net', address: canary }]
    const zones = [zoneOf('example.net'), zoneOf('example.org')]
    const found = rowsIn({ network: network('ab', {}, { canaries: shared, zones }), canaries: { [canary]: 0.3 } })
    expect(found.canaries.map(row => [row.zone, row.fetchSeconds])).toEqual([
      ['example.org', 0.3],
      ['example.net', 0.3],
    ])
  })

  test('one without a probe is skipped', () => {
    const { decision, input } = rowsIn({ network: net, canaries: { [canary]: 'skipped' } })
    const probing = { ...input.probing, canaries: new Map() }
    const rows = canaryRows(decision.participants, new Set(['example.org']), net, probing, false)
    expect(rows).toMatchObject([{ outcome: 'skipped', judgement: null, used: false }])
  })

  describe('are used exactly if their zone is known to stand as it was decided', () => {
    const usedIn = (...args: Parameters<typeof rowsIn>) => rowsIn(...args).canaries.map(({ used }) => used)
    const faulty = (publishable: boolean) => ({ ...zoneOf('example.org'), include: null, publishable })
    const row = (action: RecordReport['action']) => [{ zone: 'example.org', action, reason: '' }]

    test.each<[what: string, outcomes: ZoneOutcomes | undefined, used: boolean]>([
      ['written', undefined, true],
      ['planned by a dry run', { ...nothing, dryRun: true }, true],
      ['not written', nothing, false],
      ['not written, for a reason', { ...nothing, failures: new Map([['example.org', 'disk full']]) }, false],
    ])('%s', (_, outcomes, used) => {
      expect(usedIn({ network: net }, false, outcomes)).toEqual([used])
    })

    test('unchanged', () => {
      const [plan] = publishing(rowsIn({ network: net }).decision).publication.zones ?? []
      const hash = plan?.action === 'write' ? plan.hash : ''
      const before = stateBefore({ live: ['a', 'b'], zones: new Map([['example.org', zoneRecord({ hash })]]) })
      expect(usedIn({ network: net, before }, false, nothing)).toEqual([true])
    })

    test('invalid', () => {
      for (const publishable of [true, false]) {
        const invalid = network('ab', {}, { canaries, zones: [faulty(publishable)] })
        expect(usedIn({ network: invalid })).toEqual([false])
      }
    })

    test.each<[action: RecordReport['action'], used: boolean]>([
      ['upserted', true],
      ['unchanged', true],
      ['planned', true],
      ['due', false],
      ['refused', false],
    ])('not written, and its records in Route 53 %s', (action, used) => {
      expect(usedIn({ network: net }, false, nothing, row(action))).toEqual([used])
    })
  })
})

describe('rows about zones', () => {
  const records = new Map([
    ['due.example', zoneRecord({ serial: 7, hash: 'x', due: true })],
    ['kept.example', zoneRecord({ serial: 5, hash: 'x' })],
  ])
  const broken = { ...zoneOf('broken.example'), include: null }
  const zones = [broken, zoneOf('due.example'), zoneOf('lost.example'), zoneOf('new.example')]
  const readBack = new Map([
    ['broken.example', { status: 'read' as const, text: null }],
    ['lost.example', { status: 'unreadable' as const }],
    ['new.example', { status: 'read' as const, text: null }],
  ])
  const scenario = { network: network('ab', {}, { zones }), before: stateBefore({ zones: records }), readBack }
  const serial = now / 1000

  test('tell what became of each: published, due, invalid', () => {
    const { decision } = rowsIn(scenario)
    const outcomes = {
      ...nothing,
      written: new Set(['new.example']),
      failures: new Map([['due.example', 'disk full']]),
    }
    expect(zoneRows(decision, scenario.network, records, outcomes)).toMatchObject([
      { zone: 'broken.example', action: 'invalid', serial: null },
      { zone: 'due.example', action: 'due', serial, reason: 'disk full' },
      { zone: 'lost.example', action: 'due', serial: null, reason: expect.stringContaining('cannot be read') },
      { zone: 'new.example', action: 'published', serial, reason: 'not published before' },
    ])
  })

  test.each([
    ['before it announced it', { recorded: false, saved: false }, 7, /^not written: .* could not be saved$/],
    ['before it was written', { saved: false }, serial, /^the cycle failed before its write was confirmed$/],
    ['after', { saved: false, written: new Set(['due.example']) }, serial, /^it was written, but .* not save that$/],
  ])('a zone is due where the cycle failed %s', (_when, outcomes, given, reason) => {
    const { decision } = rowsIn(scenario)
    const [, due, , fresh] = zoneRows(decision, scenario.network, records, { ...nothing, ...outcomes })
    expect(due).toMatchObject({ action: 'due', serial: given, reason: expect.stringMatching(reason) })
    expect(fresh).toMatchObject({ action: 'due', serial: given === 7 ? null : serial })
  })

  test('a dry run plans, with the full text', () => {
    const { decision } = rowsIn(scenario)
    const [, due, lost] = zoneRows(decision, scenario.network, records, { ...nothing, dryRun: true })
    expect(due).toMatchObject({ action: 'planned', serial, text: expect.stringContaining('@ 300 IN A 192.0.2.1\n') })
    expect(lost).not.toHaveProperty('text')
  })

  test('an unchanged zone keeps its serial', () => {
    const net = network('ab')
    const first = publishing(rowsIn({ network: net }).decision).publication.zones[0]
    const hash = first?.action === 'write' ? first.hash : ''
    const state = stateBefore({ live: ['a', 'b'], zones: new Map([['example.org', zoneRecord({ serial: 5, hash })]]) })
    const { decision } = rowsIn({ network: net, before: state })
    expect(zoneRows(decision, net, state.zones, nothing)).toEqual([
      { zone: 'example.org', action: 'unchanged', serial: 5, reason: 'nothing changed' },
    ])
  })

  test('where nothing is published, they tell what waits', () => {
    const net = network('ab', {}, { zones: [zoneOf('due.example'), zoneOf('kept.example'), zoneOf('new.example')] })
    const failing = rowsIn({
      network: net,
      before: stateBefore({ zones: records }),
      edges: { a: 'timeout', b: 'timeout' },
    })
    expect(zoneRows(failing.decision, net, records, nothing)).toMatchObject([
      { zone: 'due.example', action: 'due', serial: 7, reason: 'waits: nothing is published in this cycle' },
      { zone: 'kept.example', action: 'unchanged', serial: 5, reason: 'nothing is published in this cycle' },
      { zone: 'new.example', action: 'unchanged', serial: null },
    ])
    const blind = rowsIn({ network: net, before: stateBefore({ live: ['a'], zones: records }), blind: true })
    expect(zoneRows(blind.decision, net, records, nothing)).toMatchObject([
      { zone: 'due.example', action: 'due' },
      { zone: 'kept.example', action: 'due' },
      { zone: 'new.example', action: 'due', serial: null },
    ])
  })

  test.each<[what: string, scenario: Omit<Scenario, 'network'>]>([
    ['a blind cycle', { blind: true }],
    ['a blind cycle of a network that never was live', { blind: true, before: stateBefore({ zones: records }) }],
    ['a cycle without edges', { edges: { a: 'timeout', b: 'timeout' }, before: stateBefore({ zones: records }) }],
    ['a cycle whose live set is lost', { before: stateBefore({ live: null, zones: records }) }],
  ])('an invalid zone is invalid in %s, too', (_, how) => {
    const errorAt = (message: string) => ({
      ...{ severity: 'error' as const, file: 'zones/net/z', line: 1, column: 1, message },
      ...{ network: 'net', scope: 'zone' as const },
    })
    const kept = zoneWith('', { zone: 'kept.example' })
    const bad = (name: string, publishable = true) => ({ ...broken, name, publishable, errors: [errorAt('bad')] })
    const zones = [
      ...[bad('broken.example'), bad('kept.example'), bad('shared.example', false)],
      ...[bad('unread.example'), bad('unread.shared', false), zoneOf('whole.example')],
    ]
    const found = new Map<string, ReadBack>([
      ...readBack,
      ['kept.example', { status: 'read' as const, text: kept }],
      ['shared.example', { status: 'read' as const, text: kept }],
      ['unread.example', { status: 'unreadable' as const }],
      ['unread.shared', { status: 'unreadable' as const }],
    ])
    const before = stateBefore({ live: ['a'], zones: records })
    const net = network('ab', {}, { zones })
    const { decision, zones: rows } = rowsIn({ network: net, before, readBack: found, ...how })
    expect(decision.status).not.toBe('ok')
    const invalid = (of: typeof rows) =>
      of.filter(({ action }) => action === 'invalid').map(({ zone, reason }) => [zone, reason])
    expect(invalid(rows)).toEqual([
      ['broken.example', 'bad; there is no earlier include to use instead'],
      ['shared.example', 'bad'],
    ])
    // The same, to the word, as in a cycle that publishes.
    expect(invalid(rowsIn({ network: net, before, readBack: found }).zones)).toEqual(invalid(rows))
  })
})
