import { describe, expect, test } from 'vitest'
import { countFault, jsonMap, pastTime } from '../../../../functions/core/legacy/json-map.ts'

describe('dates of the original', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    [1_700_000_000.1234, 1_700_000_000_123],
    ['1700000000.1234', 1_700_000_000_123],
    [now / 1000, now],
    [now / 1000 + 0.001, null],
    ['', null],
    ['x', null],
    [0, null],
    [Number.POSITIVE_INFINITY, null],
    [null, null],
  ])('%j', (value, expected) => expect(pastTime(value, now)).toBe(expected))
})

test('a JSON text is a map or nothing', () => {
  expect(jsonMap('{"a": 1}')).toEqual({ a: 1 })
  for (const text of ['', '{"a": ', '[1]', 'null', '"a"']) expect(jsonMap(text)).toBe(null)
})

test('what cannot be read is counted', () => {
  expect(countFault(0, 3, 'dates')).toEqual([])
  expect(countFault(1, 3, 'dates')).toEqual(['1 of 3 dates cannot be read or are in the future: left out'])
})
