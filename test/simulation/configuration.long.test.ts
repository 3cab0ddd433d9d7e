import { expect, test, vi } from 'vitest'
import { simulateManyConfigurations } from './configuration/simulate.ts'

vi.setConfig({ testTimeout: 1_200_000 })

test('so it is for 20,000 cycles', async () => {
  expect((await simulateManyConfigurations(10_001, 20_000, 40)).broken).toBeNull()
})
