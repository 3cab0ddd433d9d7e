import { expect, test } from 'vitest'
import { byTime, inOrder, isByTime } from '../../../../functions/core/history/run-order.ts'
import { runAgo } from '../../../helpers/core.ts'

const before = [120, 60].map(secondsAgo => ({ ...runAgo(secondsAgo, { a: 0.1 }), age: 1 }))
const since = [3600, 3540].map(secondsAgo => runAgo(secondsAgo, { a: 0.1 }))

test('runs from before the clock went back come first, each kind by its times', () => {
  const mixed = [since[1], before[1], since[0], before[0]].flatMap(run => run ?? [])
  expect(mixed.sort(inOrder)).toEqual([...before, ...since])
})

test('by time they are told apart from those', () => {
  expect(byTime([...before, ...since])).toEqual([...since, ...before])
  expect(byTime(since)).toBe(since)
  expect([isByTime([...before, ...since]), isByTime(since), isByTime([])]).toEqual([false, true, true])
})
