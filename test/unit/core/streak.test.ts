import { expect, test } from 'vitest'
import { historyOf } from '../../../functions/core/history.ts'
import { streakOf } from '../../../functions/core/status/streak.ts'
import { now, runAgo } from '../../fixtures/core.ts'

const history = historyOf(
  [
    runAgo(300, { a: 'refused', b: 0.1 }),
    runAgo(240, { a: 0.1, b: 0.1 }),
    runAgo(180, { b: 0.1, c: 'timeout' }),
    runAgo(120, { a: 0.1, b: 0.1, c: 'timeout' }),
    runAgo(60, { a: 0.1, b: 'refused', c: 0.1 }),
  ],
  2000,
)
const answered = (name: string) => streakOf(history, 'edge', name, ({ outcome }) => outcome === 'ok')
const failed = (name: string) => streakOf(history, 'edge', name, ({ outcome }) => outcome !== 'ok')

test('it goes back as long as the test holds, and ends where the edge was missing', () => {
  expect(answered('a')).toEqual({ time: now - 120_000, atLeast: false })
  expect(failed('b')).toEqual({ time: now - 60_000, atLeast: false })
})

test('what does not hold now, and whom nobody has seen, has no streak', () => {
  expect(answered('b')).toBeNull()
  expect(answered('z')).toBeNull()
  expect(streakOf(historyOf([], 1), 'edge', 'a', () => true)).toBeNull()
})

test('where the history begins with it, it may have held for longer', () => {
  const always = streakOf(history, 'edge', 'b', () => true)
  expect(always).toEqual({ time: now - 300_000, atLeast: true })
})
