import { expect, test } from 'vitest'
import { historyOf } from '../../../../functions/core/history/history.ts'
import { noCircumstances } from '../../../../functions/core/history/run.ts'
import { disputesOf } from '../../../../functions/core/report/disputes.ts'
import type { EdgeReport } from '../../../../functions/core/report/report.ts'
import { runAgo } from '../../../helpers/core.ts'

const votes = [{ region: 'eu-west-1', outcome: 'ok' as const }]
const row = (edge: string, changes: Partial<EdgeReport> = {}): EdgeReport => ({
  ...{ edge, address: null, mode: 'available', outcome: 'timeout', judgement: 'pass', fetchSeconds: 10 },
  ...{ windowAverage: null, average: null, state: 'in', reason: '', ...changes },
})
const disputed = (edge: string) => row(edge, { disputed: true, votes })

/** The cycle before, in which `a` and `b` were disputed. */
const kept = { how: 'timeout', judgement: 'pass' } as const
const before = historyOf(
  [
    {
      ...runAgo(60, { a: kept, b: kept, c: 0.1 }),
      circumstances: {
        ...noCircumstances,
        verdicts: new Map(['a', 'b'].map(edge => [edge, { verdict: 'disputed' as const, votes }])),
      },
    },
  ],
  10,
)

test('a dispute that begins is told with who saw what', () => {
  expect(disputesOf({ edges: [disputed('a'), row('b', { disputed: true }), row('c')] }, historyOf([], 1), 9)).toEqual([
    {
      began: [
        { edge: 'a', votes },
        { edge: 'b', votes: [] },
      ],
      ended: [],
      beganCount: 2,
      endedCount: 0,
      count: 2,
    },
  ])
})

test('while it lasts there is nothing to tell', () => {
  expect(disputesOf({ edges: [disputed('a'), disputed('b'), row('c')] }, before, 9)).toEqual([])
})

test('it ends when the edge answers, and when it fails everywhere; not with a probe that was skipped', () => {
  const edges = [row('a', { outcome: 'ok' }), row('b', { judgement: 'fail' }), row('c')]
  expect(disputesOf({ edges }, before, 9)).toMatchObject([{ began: [], ended: ['a', 'b'], count: 0 }])
  expect(disputesOf({ edges: [row('a', { outcome: 'skipped' }), disputed('b')] }, before, 9)).toEqual([])
})

test('it ends when the edge leaves the list, and only that once', () => {
  expect(disputesOf({ edges: [disputed('b'), row('c')] }, before, 9)).toEqual([
    { began: [], ended: ['a'], beganCount: 0, endedCount: 1, count: 1 },
  ])
  const later = historyOf([...before.runs, runAgo(30, { b: kept, c: 0.1 })], 10)
  expect(disputesOf({ edges: [disputed('b'), row('c')] }, later, 9)).toEqual([])
})

test('of many, some are named and all are counted', () => {
  const edges = ['x', 'y', 'z'].map(disputed)
  expect(disputesOf({ edges }, before, 2)).toMatchObject([
    { began: [{ edge: 'x' }, { edge: 'y' }], beganCount: 3, count: 3 },
  ])
})
