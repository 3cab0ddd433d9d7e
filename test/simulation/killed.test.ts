import { describe, expect, test, vi } from 'vitest'
import { simulate } from './simulate.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Worlds whose second cycle has something to publish, and one in which it is quiet. */
const seeds = [2, 5, 6, 11]

describe('a run that is killed', () => {
  test.each(seeds)('at any one of its points breaks no promise, and all comes right after it (seed %i)', async seed => {
    let point = 1
    for (; ; point++) {
      const { violations, counts } = await simulate({ seed, cycles: 3, kill: { cycle: 1, point } })
      expect({ point, violations }).toEqual({ point, violations: [] })
      if (counts.killed === 0) break
    }
    expect(point).toBeGreaterThan(20)
  })
})
