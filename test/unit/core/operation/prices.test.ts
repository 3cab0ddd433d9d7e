import { expect, test } from 'vitest'
import { prices } from '../../../../functions/core/operation/prices.ts'

test('prices have a date and a region, and each is a positive amount', () => {
  const { asOf, region, ...amounts } = prices
  expect({ asOf, region }).toEqual({ asOf: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), region: 'us-east-1' })
  expect(Object.values(amounts).filter(amount => !(amount > 0))).toEqual([])
})
