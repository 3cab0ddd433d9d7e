import { describe, expect, test } from 'vitest'
import { readYaml } from '../../../functions/core/config/yaml-file.ts'

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
      message: '*x stands inside of what it stands for',
    })
    expect(readYaml('a: &x [*x]')).toMatchObject({ value: null, faults: [fault(1, 8)] })
    expect(readYaml('a: &x 1\nb: &x {c: {d: *x}}')).toMatchObject({ value: null, faults: [fault(2, 15)] })
    expect(readYaml('a: &x {b: 1}\nc: [*x, *x]').faults).toEqual([])
  })
})
