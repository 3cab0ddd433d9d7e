import { expect, test } from 'vitest'
import { traceOf } from '../../../../functions/core/status-page/trace.ts'
import { now, runAgo } from '../../../helpers/core.ts'

const span = { title: 'last 4 min', from: now - 240_000, to: now, slots: 4 }

test('slots hold the mean of good probes, the commonest failure, and whether the edge was live at their end', () => {
  const runs = [
    runAgo(300, { a: 9 }),
    runAgo(240, { a: 0.1 }),
    runAgo(210, { a: { how: 0.3, live: true } }),
    runAgo(170, { a: 'refused' }),
    runAgo(160, { a: 'timeout' }),
    runAgo(150, { a: 'timeout' }),
    runAgo(100, { a: 'skipped' }),
    runAgo(90, { b: 0.1 }),
    runAgo(30, { a: 'refused' }),
    runAgo(20, { a: 'timeout' }),
    runAgo(10, { a: 0.5 }),
    runAgo(0, { a: 9 }),
  ]
  expect(traceOf(runs, 'edge', 'a', span)).toEqual([
    { seconds: 0.2, good: 2, failed: 0, failure: null, live: true },
    { seconds: null, good: 0, failed: 3, failure: 'timeout', live: false },
    null,
    { seconds: 0.5, good: 1, failed: 2, failure: 'timeout', live: false },
  ])
})

test('canaries go by address', () => {
  expect(traceOf([runAgo(10, {}, { '192.0.2.9': 0.1 })], 'canary', '192.0.2.9', span)[3]?.seconds).toBe(0.1)
})

test('cycles from before the clock went back are found wherever they stand', () => {
  const runs = [{ ...runAgo(210, { a: 0.1 }), age: 1 }, runAgo(7200, { a: 9 }), runAgo(10, { a: 0.5 })]
  expect(traceOf(runs, 'edge', 'a', span).map(slot => slot?.seconds)).toEqual([0.1, undefined, undefined, 0.5])
})
