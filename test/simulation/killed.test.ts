import { describe, expect, test, vi } from 'vitest'
import { simulate } from './simulate.ts'

vi.setConfig({ testTimeout: 120_000 })

/** A seed and a cycle of it: two first cycles, which publish everything, and a later, quiet one. */
const cases = [
  [10, 0],
  [4, 0],
  [7, 1],
] as const

describe('a run that is killed', () => {
  test.each(cases)(
    'at any one of its points breaks no promise, and all comes right (seed %i, cycle %i)',
    async (seed, cycle) => {
      let point = 1
      for (; ; point++) {
        const { violations, counts } = await simulate({ seed, cycles: cycle + 1, kill: { cycle, point } })
        expect({ point, violations }).toEqual({ point, violations: [] })
        if (counts.killed === 0) break
      }
      expect(point).toBeGreaterThan(35)
    },
  )
})
