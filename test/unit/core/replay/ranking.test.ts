import { describe, expect, test } from 'vitest'
import { adviceOf, bestOf, frontOf, isWorse, ranked } from '../../../../functions/core/replay/ranking.ts'
import type { Alternated } from '../../../../functions/core/replay/replay.ts'
import type { Metrics } from '../../../../functions/core/replay/tally.ts'

const zero: Metrics = { rotations: 0, evictions: 0, exposureMinutes: 0, shortMinutes: 0, fetchSeconds: null }
const outcome = (metrics: Partial<Metrics>) => ({
  metrics: { ...zero, ...metrics },
  course: { sets: [], rotations: [], exposed: new Map() },
})
const other = (name: string, metrics: Partial<Metrics>): Alternated => ({
  ...outcome(metrics),
  alternative: { name, changes: new Map(), isCurrent: false },
  partings: [],
  partingCount: 0,
  differing: 1,
})
const advice = (was: Partial<Metrics>, ...alternatives: Alternated[]) => adviceOf({ was: outcome(was), alternatives })

describe('ranking', () => {
  const a = other('a', { exposureMinutes: 1, rotations: 5 })
  const b = other('b', { exposureMinutes: 1, rotations: 4, shortMinutes: 2 })
  const c = other('c', { exposureMinutes: 1, rotations: 4, shortMinutes: 1 })
  const d = other('d', { exposureMinutes: 3, rotations: 2 })

  test('by exposure, rotations, short minutes', () => {
    expect(ranked([d, a, b, c]).map(({ alternative }) => alternative.name)).toEqual(['c', 'b', 'a', 'd'])
  })

  test('the Pareto front has what nothing beats in exposure and rotations', () => {
    expect([...frontOf([a, b, c, d])]).toEqual([b, c, d])
  })

  test('worse is more of it', () => {
    expect(isWorse('rotations', a.metrics, d.metrics)).toBe(true)
    expect(isWorse('rotations', d.metrics, d.metrics)).toBe(false)
    expect(isWorse('fetchSeconds', a.metrics, { ...zero, fetchSeconds: 1 })).toBe(false)
  })
})

describe('the advice', () => {
  test('names what would have helped most, and what it costs', () => {
    const was = { rotations: 10, evictions: 5, exposureMinutes: 4, shortMinutes: 1, fetchSeconds: 0.1 }
    expect(
      advice(
        was,
        other('x=1', { ...was, rotations: 9 }),
        other('x=2', { ...was, rotations: 4, evictions: 4, exposureMinutes: 5, fetchSeconds: 0.1234 }),
        other('x=3', { ...was, rotations: 4, evictions: 4, exposureMinutes: 5, fetchSeconds: 0.1234 }),
      ),
    ).toBe(
      'x=2 would have helped most: 6 fewer rotations and 1 fewer eviction, at the cost of 1 more edge-minute of exposure and 0.023 s of mean fetch time more.',
    )
  })

  test('costs nothing where nothing is worse', () => {
    const was = { rotations: 2, evictions: 1, exposureMinutes: 1.5, fetchSeconds: 0.2 }
    expect(advice(was, other('x', { fetchSeconds: 0.1 }))).toBe(
      'x would have helped most: 2 fewer rotations, 1 fewer eviction, 1.5 fewer edge-minutes of exposure and 0.1 s of mean fetch time less, at no cost.',
    )
    expect(advice({ rotations: 1, fetchSeconds: 0.1 }, other('x', { fetchSeconds: 0.1001 }))).toBe(
      'x would have helped most: 1 fewer rotation, at no cost.',
    )
    expect(advice({ rotations: 1, fetchSeconds: null }, other('x', { fetchSeconds: 0.1 }))).toBe(
      'x would have helped most: 1 fewer rotation, at no cost.',
    )
  })

  test('is none where nothing would have helped, or nothing was asked', () => {
    expect(advice({}, other('x', { rotations: 1 }), other('y', {}))).toBe('None of these settings would have helped.')
    expect(advice({})).toBeNull()
    expect(bestOf({ was: outcome({}), alternatives: [] })).toBeNull()
  })
})
