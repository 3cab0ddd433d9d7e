import { expect, test } from 'vitest'
import { numberOctets, uint16 } from '../../../../functions/core/zone/field.ts'

test('numbers are octets in network order', () => {
  expect(numberOctets(258, 2)).toBe('\x01\x02')
  expect(numberOctets(255, 1)).toBe('\xff')
  expect(numberOctets(2 ** 32 - 1, 4)).toBe('\xff\xff\xff\xff')
  expect(uint16('\0\x01\x02', 1)).toBe(258)
  expect(uint16('\x01\x02')).toBe(258)
})
