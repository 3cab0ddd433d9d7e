import { expect, test } from 'vitest'
import { simulateHandovers } from './simulate.ts'

/** A test of the promises about zones that move between networks, for these seeds, 40 cycles each. */
export function testHandovers(first: number, last: number): void {
  test('no zone is in two named.conf, ever; serials only grow; two cycles without faults bring all right, and no follower drops a zone (behaviour §7.6, §12)', async () => {
    let moves = 0
    for (let seed = first; seed <= last; seed++) {
      const outcome = await simulateHandovers(seed, 40)
      expect({ seed, broken: outcome.broken }).toEqual({ seed, broken: [] })
      moves += outcome.moves
    }
    expect(moves).toBeGreaterThan(2 * (last - first + 1))
  })
}
