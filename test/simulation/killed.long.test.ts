import { test, vi } from 'vitest'
import { killEverywhere } from './kill-everywhere.ts'

vi.setConfig({ testTimeout: 120_000 })

// First cycles, which publish everything.
test.each([10, 4])('a first run that is killed at any one of its points breaks no promise (seed %i)', seed =>
  killEverywhere(seed, 0),
)
