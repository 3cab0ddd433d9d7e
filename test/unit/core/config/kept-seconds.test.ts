import { expect, test } from 'vitest'
import { keptSeconds } from '../../../../functions/core/config/kept-seconds.ts'

test('cycles are kept for twice the time of their samples, at least a fortnight', () => {
  expect(keptSeconds({ history: { samples: 2000 }, run_frequency: 60 })).toBe(14 * 86_400)
  expect(keptSeconds({ history: { samples: 20_000 }, run_frequency: 60 })).toBe(2_400_000)
})
