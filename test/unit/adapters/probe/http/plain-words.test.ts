import { expect, test } from 'vitest'
import { plainWords } from '../../../../../functions/adapters/probe/http/plain-words.ts'

test.each<[string, string]>([
  ['status 503', 'status 503'],
  ['a\u001b[31mb\u0007\r\n\0\u007f', 'a?[31mb?????'],
  ['a\u0085\u009b\u2028\u2029b', 'a????b'],
  ['a\u202eb\u200bc\ufeffd', 'a?b?c?d'],
  ['bücher.example', 'bücher.example'],
])('%j is told as %j', (text, told) => {
  expect(plainWords(text)).toBe(told)
})

test('a long text is cut, and says so', () => {
  expect(plainWords('x'.repeat(60_000))).toHaveLength(240)
  expect(plainWords('x'.repeat(60_000), 10)).toBe('xxxxxxxxx…')
  expect(plainWords('\u001b'.repeat(60_000)).length).toBeLessThanOrEqual(240)
})
