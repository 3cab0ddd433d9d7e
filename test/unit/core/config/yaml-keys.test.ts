import { describe, expect, test } from 'vitest'
import { type Document, isMap, parseDocument, type YAMLMap } from 'yaml'
import { keyIndex, textKeys } from '../../../../functions/core/config/yaml-keys.ts'

const read = (text: string): Document => parseDocument(text, { uniqueKeys: false })

/** What YAML would read as numbers, nothing, truth or time. */
const spellings = ['007', '1e3', '0x1f', '0o17', '.5', '1.10', '+1', '-0', 'null', 'Null', '~', 'true', 'FALSE']

describe('keys', () => {
  test.each([...spellings, '.inf', '.nan', '2001-01-01', 'no', '12345678901234567890'])('%s is text', key => {
    const document = read(`networks: {${key}: {edge_count: 2}}`)
    expect(textKeys(document)).toEqual([])
    expect(document.toJS()).toEqual({ networks: { [key]: { edge_count: 2 } } })
  })

  test('stay apart where YAML takes them for the same number', () => {
    const document = read('7: a\n007: b\n0x7: c\n')
    expect(textKeys(document)).toEqual([])
    expect(document.toJS()).toEqual({ '7': 'a', '007': 'b', '0x7': 'c' })
  })

  test('are text by an alias too; collections are told, and left out', () => {
    const document = read('a: &x 007\nb: {*x : 1}\n? [c]\n: 2\n? {d: 1}\n: 3\n? *none\n: 3\n')
    const message = 'a key must be text'
    expect(textKeys(document)).toEqual([24, 34].map(at => ({ at, message })))
    expect((document.contents as YAMLMap).items.map(({ key }) => String(key))).toEqual(['a', 'b', '*none'])
    expect(isMap(document.get('b'))).toBe(true)
    expect((document.get('b') as YAMLMap).items.map(({ key }) => String(key))).toEqual(['007'])
  })

  test('that are there twice are told where the second begins, and the first counts', () => {
    const document = read('a: 1\na: 2\nb: {c: 3, c: 4}\n')
    expect(textKeys(document)).toHaveLength(2)
    expect(document.toJS()).toEqual({ a: 1, b: { c: 3 } })
    expect(textKeys(read('a: 1\nb: {c: 1, "c": 2}\na: 3\n'))).toEqual([
      { at: 23, message: "key 'a' is listed twice" },
      { at: 15, message: "key 'c' is listed twice" },
    ])
  })

  test('of merges are left as they are', () => {
    expect(textKeys(read('%YAML 1.1\n---\na: &x {b: 1}\nc: {<<: *x}\n'))).toEqual([])
    expect(textKeys(parseDocument('{a: 1}'))).toEqual([])
  })
})

describe('the index', () => {
  const document = read('a: {b: [x, y]}\na: 2\n? [c]\n: 3\n')
  const index = keyIndex()
  test('finds what stands below a map or a list, the first of several', () => {
    const inner = index.child(document.contents, 'a')
    expect(String(index.child(index.child(inner, 'b'), 1))).toBe('y')
    expect(String(index.child(index.child(inner, 'b'), '0'))).toBe('x')
  })
  test('finds nothing below anything else, or where there is nothing', () => {
    expect(index.child(document.contents, 'z')).toBeUndefined()
    expect(index.child('text', 'z')).toBeUndefined()
    expect(index.child(undefined, 0)).toBeUndefined()
  })
})
