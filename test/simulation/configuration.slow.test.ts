import { expect, test, vi } from 'vitest'
import { partOf } from '../helpers/part.ts'
import { simulateManyConfigurations } from './configuration/simulate.ts'

vi.setConfig({ testTimeout: 1_200_000 })

test('every cycle uses one whole configuration, and none older than the newest that was not rejected (behaviour §11)', async () => {
  const { counts, broken } = await simulateManyConfigurations(1, partOf(21_500), 40)
  expect(broken).toBeNull()
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0)
})
