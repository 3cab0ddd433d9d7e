import { expect, test } from 'vitest'
import { probingMemory } from '../../../../functions/core/operation/memory.ts'

const many = <T>(count: number) => Array<T>(count).fill({} as T)

test.each([
  [3, 1, 256],
  [200, 1, 256],
  [201, 1, 512],
  [501, 1, 1024],
  [3, 1500, 256],
  [3, 2000, 512],
  [3, 5000, 1024],
  [1000, 1, 1024],
  [3, 10_000, 1769],
  [3, 60_000, 3008],
  [3, 200_000, 3008],
])('%i edges and %i zones get %i MB', (edges, zones, megabytes) => {
  expect(probingMemory({ edges: many(edges), canaries: [], zones: many(zones) })).toBe(megabytes)
})

test('all zones are published in one cycle, at the share of a processor that comes with the memory', () => {
  for (const zones of [100, 1500, 3000, 7000, 10_000]) {
    const share = probingMemory({ edges: many(3), canaries: [], zones: many(zones) }) / 1769
    // 28 s of a processor for 10,000 zones, measured; probing ends 20 s before the run, and publishing 3 s.
    expect((zones * 0.0028) / share).toBeLessThanOrEqual(45)
  }
})
