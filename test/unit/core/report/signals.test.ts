import { describe, expect, test } from 'vitest'
import { slowSeconds } from '../../../../functions/core/operation/thresholds.ts'
import { type EdgeReport, emptyReport, type Report } from '../../../../functions/core/report/report.ts'
import { edgeSignalsOf, signalsOf } from '../../../../functions/core/report/signals.ts'
import { edgeRow, reportWith } from '../../../helpers/reports.ts'
import { settingsOf } from '../../../helpers/world.ts'

const edge = (changes: Partial<EdgeReport>): EdgeReport => ({
  edge: 'e',
  address: null,
  mode: 'available',
  outcome: 'ok',
  judgement: 'pass',
  fetchSeconds: 0.1,
  windowAverage: null,
  average: null,
  state: 'in',
  reason: '',
  ...changes,
})
const report = (changes: Partial<Report>): Report => ({ ...emptyReport('net', 'ok', false, 0), ...changes })

describe('signalsOf', () => {
  test.each(['locked', 'too_soon', 'failed'] as const)('a run that is %s sends nothing', status => {
    expect(signalsOf(report({ status }))).toEqual({})
  })

  test('a quiet cycle sends live edges and the slowest of them, no more', () => {
    const edges = [edge({ fetchSeconds: 0.2 }), edge({}), edge({ state: 'out', fetchSeconds: 9 })]
    expect(signalsOf(report({ live: ['a', 'b'], edges }))).toEqual({ LiveEdges: 2, SlowestLiveSeconds: 0.2 })
  })

  test('a live edge that was not probed to the end has no time; where no live edge has one, none is sent', () => {
    const skipped = edge({ outcome: 'skipped', fetchSeconds: null })
    expect(signalsOf(report({ live: ['a', 'b'], edges: [skipped, edge({})] }))).toEqual({
      LiveEdges: 2,
      SlowestLiveSeconds: 0.1,
    })
    expect(signalsOf(report({ live: ['a'], edges: [skipped] }))).toEqual({ LiveEdges: 1 })
  })

  test('the rare ones are sent when not zero', () => {
    const edges = [edge({ outcome: 'verify_failed', state: 'out' })]
    const zones = [{ zone: 'z', action: 'due' as const, serial: null, reason: '' }]
    const route53 = [{ zone: 'z', action: 'due' as const, reason: '' }]
    expect(signalsOf(report({ rotated: true, edges, zones, route53 }))).toEqual({
      LiveEdges: 0,
      VerifyFailures: 1,
      Rotations: 1,
      ZonesDue: 2,
    })
  })

  test.each(['ok', 'blind', 'no_edges', 'failed'] as const)(
    'missing live edges are told by a cycle that is %s',
    status => {
      expect(signalsOf(report({ status, passing: 1, wanted: 4 }))).toMatchObject({ MissingLiveEdges: 3 })
      expect(signalsOf(report({ status, passing: 4, wanted: 4 }))).not.toHaveProperty('MissingLiveEdges')
      expect(signalsOf(report({ status, passing: 5, wanted: 4 }))).not.toHaveProperty('MissingLiveEdges')
    },
  )

  test('one that failed tells nothing else', () => {
    expect(signalsOf(report({ status: 'failed', live: ['a'], edges: [edge({})], wanted: 4 }))).toEqual({
      MissingLiveEdges: 4,
    })
  })

  test('a blind cycle counts the recorded live set; one with no edge counts none, whatever is recorded', () => {
    const edges = [edge({ fetchSeconds: 10, outcome: 'timeout', judgement: null })]
    expect(signalsOf(report({ status: 'blind', live: ['a'], edges }))).toEqual({ LiveEdges: 1, Blind: 1 })
    expect(signalsOf(report({ status: 'no_edges', live: ['a'] }))).toEqual({ LiveEdges: 0 })
  })
})

test('the days of the first certificate to end are told where they are few', () => {
  const ends = ['1970-01-11T00:00:00.000Z', '1970-01-05T12:00:00.000Z']
  const edges = ends.map(certificateExpires => edge({ certificateExpires }))
  expect(signalsOf(report({ edges: [...edges, edge({})] }), 5)).toMatchObject({ CertificateDays: 4 })
  for (const days of [0, 4]) expect(signalsOf(report({ edges }), days)).not.toHaveProperty('CertificateDays')
  expect(signalsOf(report({ edges: [edge({ certificateExpires: '1969-12-31T00:00:00.000Z' })] }), 14)).toMatchObject({
    CertificateDays: -1,
  })
  expect(signalsOf(report({ edges: [edge({})] }), 14)).not.toHaveProperty('CertificateDays')
})

test('each edge has its own where it was probed, and none where the prober was cut off', () => {
  const edges = [edgeRow('a'), edgeRow('b', { state: 'out', fetchSeconds: null, outcome: 'skipped' })]
  expect(edgeSignalsOf(reportWith({ edges }))).toEqual([
    { edge: 'a', FetchSeconds: 0.1, Live: 1 },
    { edge: 'b', Live: 0 },
  ])
  expect(edgeSignalsOf(reportWith({ edges, status: 'blind' }))).toEqual([])
  expect(edgeSignalsOf(reportWith({ edges, status: 'failed' }))).toEqual([])
})

test.each([
  [{ goodenough: 0.5, timeout: 10 }, 1.5],
  [{ goodenough: 0.5, timeout: 1 }, 1],
  [{ goodenough: 0.5, timeout: 10, alarms: { email: null, slow_seconds: 4 } }, 4],
  [{ goodenough: 0.5, timeout: 3, alarms: { email: null, slow_seconds: 4 } }, 3],
])('with %j a live edge is slow from %f s on', (changes, seconds) => {
  expect(slowSeconds(settingsOf(changes))).toBe(seconds)
})

test('second sight is told when there is any (behaviour §10)', () => {
  const edges = [edge({ disputed: true }), edge({ disputed: true }), edge({})]
  expect(signalsOf(report({ braked: true, abstained: ['eu-west-1'], edges }))).toMatchObject({
    Braked: 1,
    Disputed: 2,
    VantageAbstained: 1,
  })
  expect(Object.keys(signalsOf(report({ edges: [edge({})] })))).toEqual(['LiveEdges', 'SlowestLiveSeconds'])
})
