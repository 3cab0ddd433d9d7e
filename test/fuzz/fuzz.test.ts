import { expect, test, vi } from 'vitest'
import { createRandom } from '../simulation/world/random.ts'
import { fuzzers } from './all.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Small shares of what `npm run fuzz` does. */
const shares: [name: string, inputs: number][] = [
  ['events', 2000],
  ['configuration', 400],
  ['includes', 1000],
  ['items', 1000],
  ['http', 600],
]

test.each(shares)('%s: %i inputs lead to no exception and to no unsafe zone', async (name, inputs) => {
  const found = await fuzzers[name]?.(createRandom(20_261_124, name), inputs)
  expect(found?.faults).toEqual([])
  expect(found?.inputs).toBe(inputs)
  expect(Object.keys(found?.ends ?? {}).length).toBeGreaterThan(1)
})
