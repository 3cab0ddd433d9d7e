import { expect, test } from 'vitest'
import type { Judgement } from '../../../../functions/core/domain/model.ts'
import { createTally, minutesOf } from '../../../../functions/core/replay/tally.ts'
import { now, runAgo } from '../../../helpers/core.ts'

const judged = (judgements: Record<string, Judgement>) => (edge: string) => judgements[edge] ?? null

test('counts what a policy comes to', () => {
  const tally = createTally()
  const run = runAgo(0, { a: 'refused', b: 0.2, c: 0.4, d: 'skipped' })
  const judgementOf = judged({ a: 'fail', b: 'pass', c: 'pass_window' })
  tally.add({
    run,
    minutes: 2,
    wanted: 3,
    before: ['a', 'b', 'gone'],
    after: ['b', 'c', 'gone'],
    rotated: true,
    judgementOf,
  })
  tally.add({ run, minutes: 1, wanted: 1, before: ['a', 'b'], after: ['a', 'b'], rotated: false, judgementOf })
  tally.add({ run, minutes: 1, wanted: 0, before: ['b', 'd'], after: ['d'], rotated: true, judgementOf })
  expect(tally.metrics()).toEqual({
    rotations: 2,
    evictions: 1,
    exposureMinutes: 3,
    shortMinutes: 2,
    fetchSeconds: 0.266667,
  })
  expect(tally.exposed).toEqual(new Map([['a', [now, now]]]))
})

test('nothing was fetched: there is no mean', () => {
  expect(createTally().metrics().fetchSeconds).toBeNull()
})

test('the minutes of each cycle', () => {
  expect(minutesOf([0, 30_000, 90_000, 600_000], 60)).toEqual([0.5, 1, 2, 1])
})
