import { describe, expect, test } from 'vitest'
import { emptyHistory, historyOf } from '../../../../functions/core/history/history.ts'
import type { Event } from '../../../../functions/core/report/event.ts'
import { type Earlier, eventsOf } from '../../../../functions/core/report/events.ts'
import type { Report } from '../../../../functions/core/report/report.ts'
import { network, type RunMember, runAgo } from '../../../helpers/core.ts'
import { edgeRow, reportWith, zoneRow } from '../../../helpers/reports.ts'

const two = network('ab', { edge_count: 2 })

const fresh: Earlier = { live: [], history: emptyHistory, status: null }

/** The state after cycles with these members, oldest first; the live ones of the newest are the live set. */
function afterRuns(...runs: Record<string, RunMember>[]): Earlier {
  const history = historyOf(
    runs.map((members, at) => runAgo((runs.length - at) * 60, members)),
    100,
  )
  const members = Object.entries(runs.at(-1) ?? {})
  return {
    live: members.flatMap(([name, one]) => (typeof one === 'object' && one.live ? [name] : [])),
    history,
    status: 'ok',
  }
}

const good = { how: 0.1, live: true }
const quiet = afterRuns({ a: good, b: good })

const rows = (...edges: Report['edges']) =>
  reportWith({ edges, live: edges.filter(({ state }) => state === 'in').map(({ edge }) => edge) })

const told = (events: Event[], happening: string) => events.find(event => event.happening === happening)?.detail
const names = (events: Event[]) => events.map(({ happening }) => happening)

describe('a cycle', () => {
  test('without changes tells nothing, and so does a dry run', () => {
    const report = rows(edgeRow('a'), edgeRow('b'))
    expect(eventsOf(report, quiet, two)).toEqual([])
    expect(eventsOf({ ...report, rotated: true, dryRun: true }, quiet, two)).toEqual([])
  })

  test('that rotated and published tells who, why, and which zones', () => {
    const change = { edge: 'b', reason: 'answered' }
    const out = { edge: 'c', reason: 'refused' }
    const report = {
      ...rows(edgeRow('a'), edgeRow('b')),
      ...{ rotated: true, in: [change], out: [out], warnings: ['w'] },
      zones: [zoneRow('example.org'), zoneRow('example.net', { action: 'due' })],
    }
    const events = eventsOf(report, afterRuns({ a: good, b: 0.1, c: good }), two)
    expect(names(events)).toEqual([
      'cycle finished with changes',
      'edges rotated',
      'zones published',
      'edge state changed',
    ])
    for (const { detail } of events)
      expect(detail).toMatchObject({ version: 1, network: 'net', time: report.startedAt })
    expect(told(events, 'cycle finished with changes')).toMatchObject({
      ...{ status: 'ok', rotated: true, frozen: false, liveEdges: 2, warnings: ['w'] },
      zones: { published: 1, due: 1, invalid: 0 },
    })
    expect(told(events, 'edges rotated')).toMatchObject({ live: ['a', 'b'], in: [change], out: [out] })
    expect(told(events, 'zones published')).toMatchObject({ zones: [{ zone: 'example.org', serial: 7 }], count: 1 })
    expect(told(events, 'edge state changed')).toMatchObject({ count: 1, edges: [{ edge: 'b', state: 'in' }] })
  })

  test('tells the first 1,000 zones and how many there are', () => {
    const zones = Array.from({ length: 1500 }, (_, at) => zoneRow(`zone${at}.example`))
    const detail = told(eventsOf({ ...rows(edgeRow('a'), edgeRow('b')), zones }, quiet, two), 'zones published')
    expect(detail?.zones).toHaveLength(1000)
    expect(detail?.count).toBe(1500)
  })

  test('fits into one request, however long everything is', () => {
    const long = (at: number) => `${String(at).padStart(5, '0')}${'é'.repeat(248)}`
    const all = Array.from({ length: 3000 }, (_, at) => long(at))
    const reason = '→'.repeat(1000)
    const report = {
      ...rows(...all.map(edge => edgeRow(edge, { reason, judgement: 'fail', outcome: 'verify_failed' }))),
      ...{ rotated: true, in: all.map(edge => ({ edge, reason })), out: all.map(edge => ({ edge, reason })) },
      ...{ zones: all.map(zone => zoneRow(zone)), warnings: all },
    }
    const events = eventsOf(report, { ...fresh, status: 'blind' }, two)
    expect(events).toHaveLength(7)
    expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThan(1_000_000)
    expect(told(events, 'zones published')?.count).toBe(3000)
    expect(told(events, 'edges rotated')).toMatchObject({ inEdges: 3000, outEdges: 3000 })
    expect(told(events, 'cycle finished with changes')).toMatchObject({ warningCount: 3000 })
    expect(told(events, 'verification failed')).toMatchObject({ beganCount: 3000, endedCount: 0 })
  })

  test('says what its lists and sentences left out', () => {
    const change = { edge: 'a', reason: `x\u001b${'y'.repeat(1_000)}` }
    const warnings = Array.from({ length: 12 }, (_, at) => `warning ${at}`)
    const report = { ...rows(edgeRow('a'), edgeRow('b')), rotated: true, in: [change], warnings }
    const events = eventsOf(report, quiet, two)
    expect(told(events, 'cycle finished with changes')?.warnings).toEqual([
      ...warnings.slice(0, 10),
      'and 2 more warnings',
    ])
    expect(told(events, 'edges rotated')?.in).toEqual([
      { edge: 'a', reason: expect.stringMatching(/^x\\u001by+… \(\d+ more characters\)$/) },
    ])
  })
})

describe('an edge', () => {
  const stateOf = (before: Earlier, ...edges: Report['edges']) =>
    told(eventsOf(rows(...edges), before, two), 'edge state changed')

  test('that turns between passing and failing is told with what it was', () => {
    const before = afterRuns({ a: good, b: good })
    const row = edgeRow('a', { judgement: 'fail', outcome: 'refused', reason: 'refused 3 times' })
    expect(stateOf(before, row, edgeRow('b'))).toMatchObject({
      count: 1,
      edges: [
        {
          edge: 'a',
          judgement: 'fail',
          state: 'in',
          reason: 'refused 3 times',
          before: { judgement: 'pass_threshold', state: 'in' },
        },
      ],
    })
  })

  test('that passes better or worse is not told, nor one that is new and stands by', () => {
    expect(
      stateOf(quiet, edgeRow('a', { judgement: 'pass' }), edgeRow('b'), edgeRow('new', { state: 'out' })),
    ).toBeUndefined()
  })

  test('is out before where the recorded live set was lost', () => {
    expect(stateOf({ ...quiet, live: null }, edgeRow('a'))).toMatchObject({ edges: [{ before: { state: 'out' } }] })
  })
})

describe('a shortage', () => {
  const failing = edgeRow('b', { judgement: 'fail', outcome: 'timeout' })
  const short = afterRuns({ a: good, b: { how: 'timeout', live: true } })

  test('is told when it begins and when it ends, and not in between', () => {
    const shortage = (report: Report, before: Earlier) => told(eventsOf(report, before, two), 'shortage')
    expect(shortage(rows(edgeRow('a'), failing), quiet)).toMatchObject({ began: true, passing: 1, wanted: 2 })
    expect(shortage(rows(edgeRow('a'), failing), short)).toBeUndefined()
    expect(shortage(rows(edgeRow('a'), edgeRow('b')), short)).toMatchObject({ began: false, passing: 2, wanted: 2 })
    expect(shortage(rows(edgeRow('a'), failing), fresh)).toMatchObject({ began: true })
  })
})

describe('blindness', () => {
  test('is told when it begins and when it ends, and not in between', () => {
    const blind = reportWith({ status: 'blind', edges: [edgeRow('a', { judgement: null, state: 'out' })] })
    expect(eventsOf(blind, quiet, two).map(({ happening, detail }) => [happening, detail.began])).toEqual([
      ['blind', true],
    ])
    expect(eventsOf(blind, { ...quiet, status: 'blind' }, two)).toEqual([])
    const sees = eventsOf(rows(edgeRow('a'), edgeRow('b')), { ...quiet, status: 'blind' }, two)
    expect(sees.map(({ happening, detail }) => [happening, detail.began])).toEqual([['blind', false]])
  })
})

describe('a wrong body', () => {
  const wrong = { how: 'verify_failed' as const, live: true }
  const row = edgeRow('a', { outcome: 'verify_failed' })
  const verification = (report: Report, before: Earlier) => told(eventsOf(report, before, two), 'verification failed')

  test('is told when it begins and when it ends, and not in between', () => {
    expect(verification(rows(row), quiet)).toMatchObject({ began: ['a'], ended: [], count: 1 })
    expect(verification(rows(row), fresh)).toMatchObject({ began: ['a'] })
    expect(verification(rows(row), afterRuns({ a: wrong }))).toBeUndefined()
    expect(verification(rows(edgeRow('a')), afterRuns({ a: wrong }))).toMatchObject({
      began: [],
      ended: ['a'],
      count: 0,
    })
  })

  test('ends when the edge leaves the list', () => {
    const before = afterRuns({ a: wrong, b: good })
    expect(verification(rows(edgeRow('b')), before)).toMatchObject({ began: [], ended: ['a'], endedCount: 1, count: 0 })
    expect(verification(rows(edgeRow('b')), afterRuns({ a: wrong, b: good }, { b: good }))).toBeUndefined()
  })

  test('goes on through a probe that was skipped', () => {
    const skipped = afterRuns({ a: wrong }, { a: { how: 'skipped', live: true } })
    expect(verification(rows(row), skipped)).toBeUndefined()
    expect(verification(rows(edgeRow('a', { outcome: 'skipped' })), afterRuns({ a: wrong }))).toBeUndefined()
    expect(verification(rows(row), afterRuns({ a: 'skipped' }))).toMatchObject({ began: ['a'] })
  })
})

test('name servers that begin to lag, and that catch up (behaviour §12)', () => {
  const late = { server: 'ns1', zone: 'a.example', state: 'stale', serial: 1, detail: 'old' } as const
  const servers = (report: Report, before: Earlier) => told(eventsOf(report, before, two), 'name servers')
  const report = rows(edgeRow('a'), edgeRow('b'))
  expect(servers({ ...report, served: [late] }, quiet)).toMatchObject({ began: [late], ended: [], count: 1 })
  expect(servers({ ...report, served: [late] }, { ...quiet, late: [late] })).toBeUndefined()
  expect(servers(report, { ...quiet, late: [late] })).toMatchObject({ began: [], ended: [late], count: 0 })
})
