import { expect } from 'vitest'
import { simulate } from './simulate.ts'

/** Kills the first run of one cycle at its first point, then at its second, and so on; all has to come right each time. */
export async function killEverywhere(seed: number, cycle: number): Promise<void> {
  let point = 1
  for (; ; point++) {
    const { violations, counts } = await simulate({ seed, cycles: cycle + 1, kill: { cycle, point } })
    expect({ point, violations }).toEqual({ point, violations: [] })
    if (counts.killed === 0) break
  }
  expect(point).toBeGreaterThan(35)
}
