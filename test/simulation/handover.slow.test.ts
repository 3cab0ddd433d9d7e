import { expect, test, vi } from 'vitest'
import { partOf } from '../helpers/part.ts'
import { simulateHandovers } from './handover/simulate.ts'

vi.setConfig({ testTimeout: 300_000 })

test('no zone is in two named.conf, ever; serials only grow; two cycles without faults bring all right, and no follower drops a zone (behaviour §7.6, §12)', async () => {
  const seeds = partOf(200)
  let moves = 0
  for (let seed = 1; seed <= seeds; seed++) {
    const outcome = await simulateHandovers(seed, 40)
    expect({ seed, broken: outcome.broken }).toEqual({ seed, broken: [] })
    moves += outcome.moves
  }
  expect(moves).toBeGreaterThan(2 * seeds)
})
