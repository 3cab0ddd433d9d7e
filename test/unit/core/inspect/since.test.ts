import { expect, test } from 'vitest'
import { sinceOf } from '../../../../functions/core/inspect/since.ts'
import { now, runAgo } from '../../../helpers/core.ts'

const runs = [
  runAgo(240, { a: 0.1, b: 0.1, c: 0.1 }),
  runAgo(180, { a: { how: 0.1, live: true }, b: 0.1 }),
  runAgo(120, { a: { how: 0.1, live: true }, b: 0.1, c: 0.1 }),
]

test('a state lasts since the first cycle that found it', () => {
  expect(sinceOf(runs, 'edge', 'a', entry => entry.live)).toEqual({ time: now - 180_000, cycles: 2, isOpen: false })
})

test('one that is as old as what is known may be older', () => {
  expect(sinceOf(runs, 'edge', 'b', entry => entry.judgement)).toEqual({ time: now - 240_000, cycles: 3, isOpen: true })
})

test('an edge that was away begins anew', () => {
  expect(sinceOf(runs, 'edge', 'c', entry => entry.live)).toEqual({ time: now - 120_000, cycles: 1, isOpen: false })
})

test('nothing is told of one that is away, or without cycles', () => {
  expect(sinceOf(runs, 'edge', 'z', entry => entry.live)).toBeNull()
  expect(sinceOf([], 'edge', 'a', entry => entry.live)).toBeNull()
})
