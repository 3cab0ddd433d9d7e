import { vi } from 'vitest'
import { testHandovers } from './handover/test-seeds.ts'

vi.setConfig({ testTimeout: 300_000 })

testHandovers(51, 150)
