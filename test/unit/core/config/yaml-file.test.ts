import { describe, expect, test } from 'vitest'
import { readYaml } from '../../../../functions/core/config/yaml-file.ts'

describe('readYaml', () => {
  const file = readYaml('a: 1\nb:\n  c: [x, y]\n  12: z\n')
  test('gives the value', () => {
    expect(file.value).toEqual({ a: 1, b: { c: ['x', 'y'], 12: 'z' } })
    expect(file.faults).toEqual([])
  })

  test.each([
    [['a'], [1, 1], [1, 4]],
    [
      ['b', 'c'],
      [3, 3],
      [3, 6],
    ],
    [
      ['b', 'c', 1],
      [3, 10],
      [3, 10],
    ],
    [
      ['b', 'missing'],
      [3, 3],
      [3, 3],
    ],
    [
      ['b', 'c', 'deeper', 'still'],
      [3, 6],
      [3, 6],
    ],
    [
      ['nothing', 'at', 'all'],
      [1, 1],
      [1, 1],
    ],
  ])('knows where %j stands: its key, its value, or what is nearest', (path, key, value) => {
    expect(Object.values(file.keyAt(path))).toEqual(key)
    expect(Object.values(file.valueAt(path))).toEqual(value)
  })

  test('an empty file has no value, and its first character stands for everything', () => {
    const empty = readYaml('')
    expect(empty.value).toBeNull()
    expect(empty.valueAt(['a'])).toEqual({ line: 1, column: 1 })
  })

  test('faults are told with their places and in one line', () => {
    expect(readYaml('a: 1\na: 2\nb: [').faults).toMatchObject([{ line: 2, column: 1 }, { line: 3 }])
  })

  test('faulty keys are told, and the rest can be read all the same', () => {
    const file = readYaml('a: 1\n? [k]\n: 2\na: 3\nb: {c: 4, c: 5}\n')
    expect(file.value).toEqual({ a: 1, b: { c: 4 } })
    expect(file.faults.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
      '2:3 a key must be text',
      "4:1 key 'a' is listed twice",
      "5:11 key 'c' is listed twice",
    ])
    expect(file.keyAt(['a'])).toEqual({ line: 1, column: 1 })
    // What was left out may hold what another part needs.
    expect(readYaml('a: 1\na: &x 2\nb: *x\n')).toMatchObject({ value: null, faults: [{ line: 2, column: 1 }] })
  })

  test.each([
    ['retry: *none', 8],
    ['retry: [1, *none]', 12],
    ['retry: *late\nlate: &late 1', 8],
    ['*none : 1', 1],
  ])('an alias of nothing is told where it stands: %j', (text, column) => {
    const message = expect.stringMatching(/^\*\w+ has no meaning/)
    expect(readYaml(text)).toMatchObject({ value: null, faults: [{ line: 1, column, message }] })
  })

  test('aliases that would stand for more than memory holds are a fault of the whole file', () => {
    const bomb = Array.from({ length: 9 }, (_, at) => `k${at + 1}: &k${at + 1} [${`*k${at}, `.repeat(9)}]`).join('\n')
    expect(readYaml(`k0: &k0 x\n${bomb}\n`)).toMatchObject({ value: null, faults: [{ line: 1, column: 1 }] })
  })

  test('faults of one line are told from left to right', () => {
    const places = readYaml('{a: 1, a: 2, ? [k] : 3, a: 4}').faults.map(({ column }) => column)
    expect(places).toEqual([8, 16, 25])
  })

  test('what holds itself is a fault: nobody could ever get to its end', () => {
    const fault = (line: number, column: number) => ({
      line,
      column,
      message: '*x refers to itself',
    })
    expect(readYaml('a: &x [*x]')).toMatchObject({ value: null, faults: [fault(1, 8)] })
    expect(readYaml('a: &x 1\nb: &x {c: {d: *x}}')).toMatchObject({ value: null, faults: [fault(2, 15)] })
    expect(readYaml('a: &x {b: 1}\nc: [*x, *x]').faults).toEqual([])
  })
})

test.each([
  ['a: 1\n---\nb: 2\n', 2],
  ['---\na: 1\n---\n', 3],
  ['a: 1\n...\n---\nb: 2\n---\nc: 3\n', 3],
])('a second document is told in our own words (%#)', (text, line) => {
  const [fault] = readYaml(text).faults
  expect(fault).toMatchObject({ line, message: "a second document begins here ('---'): the file must be one document" })
})

test.each([
  ['lists', () => '['.repeat(100_000)],
  ['maps', () => '{"a":'.repeat(50_000)],
  ['anchors', () => `a: ${'&x ['.repeat(100_000)}`],
  ['lists that end', () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
])('what is nested without end is a fault and breaks nothing: %s', (_words, textOf) => {
  const { faults, value, keyAt, valueAt } = readYaml(textOf())
  expect(value).toBeNull()
  expect(faults[0]?.message).not.toMatch(/stack/i)
  expect([keyAt(['a']), valueAt(['a'])]).toHaveLength(2)
})
