import { expect, test } from 'vitest'
import { createTrack } from '../../../../functions/core/replay/track.ts'
import { now, runAgo } from '../../../helpers/core.ts'

test('a track keeps each live set with the cycle that it began in', () => {
  const track = createTrack()
  const add = (ago: number, after: string, rotated: boolean, how: 'refused' | number = 0.1) => {
    const run = runAgo(ago, { a: how, b: 0.1 })
    const judgementOf = () => 'pass' as const
    track.add({ run, minutes: 1, before: ['a'], after: [...after], rotated, judgementOf, edgeCount: 9 })
  }
  add(180, 'a', true)
  add(120, 'a', false, 'refused')
  add(60, 'b', true)
  const { course, metrics } = track.outcome()
  expect(course.sets).toEqual([
    { time: now - 180_000, live: ['a'] },
    { time: now - 60_000, live: ['b'] },
  ])
  expect(course.rotations).toEqual([now - 180_000, now - 60_000])
  expect(course.exposed).toEqual(new Map([['a', [now - 120_000]]]))
  // No more can be wanted than there are edges.
  expect(metrics).toMatchObject({ exposureMinutes: 1, shortMinutes: 3 })
})
