import { describe, expect, test } from 'vitest'
import { readYaml } from '../../../../functions/core/config/yaml-file.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

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

test('40,000 keys are read and found in a moment', measuresTime, () => {
  const text = Array.from({ length: 40_000 }, (_, at) => `key${at}: {a: 1}\n`).join('')
  const started = performance.now()
  const file = readYaml(text)
  const lines = Array.from({ length: 40_000 }, (_, at) => file.keyAt([`key${at}`]).line)
  expect(lines.every((line, at) => line === at + 1)).toBe(true)
  expect(performance.now() - started).toBeLessThan(15_000)
})
