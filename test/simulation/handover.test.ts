import { vi } from 'vitest'
import { testHandovers } from './handover/test-seeds.ts'

vi.setConfig({ testTimeout: 120_000 })

testHandovers(1, 50)
