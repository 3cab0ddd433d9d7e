import { expect, test } from 'vitest'
import { lastCycleOf } from '../../../../functions/core/inspect/last-cycle.ts'
import { now, runAgo } from '../../../helpers/core.ts'

const runs = [runAgo(120, { a: 0.1 }), runAgo(60, { a: 0.1 })]

test.each([null, now - 5000, now, now + 60_000])('the last cycle at %s is told as it is', time => {
  expect(lastCycleOf(time, runs, now)).toEqual({ time, warnings: [] })
})

test('one that a wrong clock dated ahead is no fresher than the newest recorded cycle', () => {
  const warnings = ['the last cycle is dated ahead of the clock (2026-01-01 14:00:30 UTC): a clock is wrong, or was']
  expect(lastCycleOf(now + 7_200_000, runs, now)).toEqual({ time: now - 60_000, warnings })
  expect(lastCycleOf(now + 7_200_000, [], now)).toEqual({ time: null, warnings })
})
