import { expect, test } from 'vitest'
import { slowSeconds } from '../../../../functions/core/operation/thresholds.ts'

const facts = (slow_seconds: number | null, goodenough = 0.5) => ({
  alarms: { email: null, slow_seconds },
  goodenough,
  timeout: 10,
})

test('slow is alarms.slow_seconds, else three times goodenough, and never out of reach (behaviour §8.6)', () => {
  expect(slowSeconds(facts(4))).toBe(4)
  expect(slowSeconds(facts(null))).toBe(1.5)
  expect(slowSeconds(facts(60))).toBe(10)
  expect(slowSeconds(facts(null, 9))).toBe(10)
})
