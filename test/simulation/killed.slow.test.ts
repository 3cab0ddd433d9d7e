import { test, vi } from 'vitest'
import { killEverywhere } from './kill-everywhere.ts'

vi.setConfig({ testTimeout: 120_000 })

test('a quiet run that is killed at any one of its points breaks no promise, and all comes right', () =>
  killEverywhere(7, 1))
