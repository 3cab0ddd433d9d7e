import { expect, test } from 'vitest'
import { rotationPoint } from '../../../../functions/core/operation/rotation-point.ts'

const often = { run_frequency: 60, dnschange_maxfreq: 10, dnschange_window: 600 }

test.each([
  ['ten minutes where they suffice', 4, often, 600],
  ['longer where the budget holds rotations back', 4, { ...often, dnschange_maxfreq: 1 }, 2400],
  ['ten cycles where those come less often', 8, { ...often, run_frequency: 240 }, 2400],
  ['a day at most', 8, { ...often, run_frequency: 10_800 }, 86_400],
  ['nothing where a day has too few cycles', 8, { ...often, run_frequency: 14_400 }, null],
  ['nothing where a day has too small a budget', 4, { ...often, dnschange_maxfreq: 1, dnschange_window: 43_200 }, null],
  ['no budget at all', 8, { ...often, dnschange_maxfreq: 0 }, 600],
])('%s', (_what, rotations, pace, seconds) => {
  expect(rotationPoint(rotations, pace)).toBe(seconds)
})
