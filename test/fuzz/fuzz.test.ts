import { expect, test, vi } from 'vitest'
import { partOf } from '../helpers/part.ts'
import { createRandom } from '../simulation/world/random.ts'
import { fuzzers } from './all.ts'

vi.setConfig({ testTimeout: 120_000 })

/** What `npm run test:long` does; the check takes a part of it, and `npm run fuzz` far more. */
const shares: [name: string, inputs: number][] = [
  ['events', 10_000],
  ['configuration', 2_000],
  ['includes', 5_000],
  ['items', 5_000],
  ['http', 3_000],
]

test.each(shares.map(([name, all]) => [name, partOf(all)] as const))(
  '%s: %i inputs lead to no exception and to no unsafe zone',
  async (name, inputs) => {
    const found = await fuzzers[name]?.(createRandom(20_261_124, name), inputs)
    expect(found?.faults).toEqual([])
    expect(found?.inputs).toBe(inputs)
    expect(Object.keys(found?.ends ?? {}).length).toBeGreaterThan(1)
  },
)
