import { expect, test } from 'vitest'
import { errorAt, shown, warningAt } from '../../../functions/core/zone/finding.ts'

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
