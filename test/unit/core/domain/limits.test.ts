import { expect, test } from 'vitest'
import * as limits from '../../../../functions/core/domain/limits.ts'

test('the limits are those of the rules (behaviour §1.1, §8.1, §8.2)', () => {
  expect(limits).toMatchObject({ maxRunSeconds: 55, minStartsApartSeconds: 30, probeApartMs: 1, maxLockSeconds: 3600 })
})
