import { describe, expect, test } from 'vitest'
import { readTornMap } from '../../../../functions/core/legacy/torn-json.ts'

const read = (text: string) => {
  const found = readTornMap(text, ['a', 'b', 'list', 'map'])
  return found === null ? null : [found.values, [...found.torn], found.isDamaged]
}

describe('a map in JSON', () => {
  test.each([
    ['is read whole', '{"a": {"x": [{}]}, "z": 1}', { a: { x: [{}] }, z: 1 }],
    ['may hold what Python writes for no number', '{"a": NaN, "b": -Infinity}', { a: null, b: null }],
    ['and plain words', '{"a": true, "b": false, "list": [null, NaN]}', { a: true, b: false, list: [null, null] }],
    ['and empty lists and maps', '{"a": NaN, "list": [], "map": {}}', { a: null, list: [], map: {} }],
  ])('%s', (_words, text, values) => expect(read(text)).toEqual([values, [], false]))

  test.each([
    ['a value that is cut off is not read', '{"a": 1, "b": 12', { a: 1 }, []],
    ['nor a word', '{"a": 1, "b": tru', { a: 1 }, []],
    ['nor a text', '{"a": 1, "b": "x', { a: 1 }, []],
    ['a text that ends with the file is', '{"a": 1, "b": "x"', { a: 1, b: 'x' }, []],
    ['a list is read as far as it goes', '{"list": [1, "x", 2', { list: [1, 'x'] }, ['list']],
    ['a map is read as far as it goes', '{"map": {"1": 1, "2": 2', { map: { 1: 1 } }, ['map']],
    ['what is behind a damaged value is read', '{"a": 1x, "z": 3, "b": 2}', { b: 2 }, []],
    ['behind a damaged member', '{"map": {"1": 1, "2": x, "3": 3}, "b": 2}', { map: { 1: 1, 3: 3 }, b: 2 }, ['map']],
    ['and of a list', '{"list": [1, x, 3], "b": 2}', { list: [1, 3], b: 2 }, ['list']],
    ['a key in a text is none', '{"z": x, "a": "\\"b\\": 1, \\"b\\": 2"', { a: '"b": 1, "b": 2' }, []],
    ['a map is left where the next key is', '{"map": {"1": 1x "b": 2, x', { map: {}, b: 2 }, ['map']],
    ['a key that stands twice is torn where the values differ', '{"a": 1, "a": 2, x', { a: 2 }, ['a']],
    ['and is not where they are the same', '{"a": 1, "a": 1, x', { a: 1 }, []],
    ['what comes behind the end is damage', '{"a": 1} {"b": 2}', { a: 1 }, []],
    ['and so is a missing beginning', '"a": 1}', { a: 1 }, []],
  ])('%s', (_words, text, values, torn) => expect(read(text)).toEqual([values, torn, true]))

  test.each(['', '{', '{"a"', '{"a":', '[1]', 'null', '{}x'])('is not in %j', text => expect(read(text)).toBe(null))
})
