import { expect, test } from 'vitest'
import { isMap } from '../../../../functions/core/domain/is-map.ts'

test.each<[unknown, boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ['a', false],
  [undefined, false],
])('%j is a map: %s', (value, expected) => {
  expect(isMap(value)).toBe(expected)
})
