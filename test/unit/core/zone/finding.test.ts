import { expect, test } from 'vitest'
import { bounded, errorAt, quoted, warningAt } from '../../../../functions/core/zone/finding.ts'
import { shown } from '../../../../functions/core/zone/names.ts'

test('a finding keeps nothing of its place but line and column', () => {
  const place = { line: 2, column: 3, owner: 'm.' }
  expect(errorAt(place, 'no')).toEqual({ severity: 'error', line: 2, column: 3, message: 'no' })
  expect(warningAt(place, 'hm')).toEqual({ severity: 'warning', line: 2, column: 3, message: 'hm' })
})

test.each([
  ['a.example.org.', 'a.example.org'],
  ['.', '.'],
])('%s is shown as %s', (name, text) => {
  expect(shown(name)).toBe(text)
})

test('a long word is cut', () => {
  expect(quoted('a')).toBe("'a'")
  expect(quoted('a'.repeat(80))).toBe(`'${'a'.repeat(80)}'`)
  expect(quoted('a'.repeat(81))).toBe(`'${'a'.repeat(80)}…'`)
})

test('of many findings the first twenty of each kind are told, in order, and how many there are beyond', () => {
  const at = (line: number) => ({ line, column: 1 })
  const lines = (count: number) => Array.from({ length: count }, (_, line) => line + 1)
  const many = lines(50).flatMap(line => [errorAt(at(line), 'no'), warningAt(at(line), 'hm')])
  const found = bounded([...many].reverse())
  expect(found).toHaveLength(42)
  expect(found.slice(-2)).toEqual([
    { ...errorAt(at(21), 'and 30 more errors from here on'), count: 30 },
    { ...warningAt(at(21), 'and 30 more warnings from here on'), count: 30 },
  ])
  expect(bounded(lines(21).map(line => errorAt(at(line), 'no'))).at(-1)?.message).toBe('and 1 more error from here on')
  expect(bounded(lines(20).map(line => errorAt(at(line), 'no')))).toHaveLength(20)
})
