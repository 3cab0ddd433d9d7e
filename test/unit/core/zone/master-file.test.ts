import { describe, expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'

/** An entry as one line: `>` for a leading blank, quoted words in quotes. */
const entriesOf = (text: string) =>
  scanMasterFile(text).entries.map(
    ({ blank, tokens }) =>
      `${blank ? '>' : ''}${tokens.map(token => (token.quoted ? `"${token.text}"` : token.text)).join(' ')}`,
  )
const faultsOf = (text: string) =>
  scanMasterFile(text).faults.map(({ line, column, message }) => `${line}:${column}: ${message}`)

describe('entries', () => {
  test.each([
    ['', []],
    ['\n \t\n;a\n  ; b\r\n', []],
    ['a b\tc', ['a b c']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['a\n b\n\tc\n', ['a', '>b', '>c']],
    ['a ; b "c (\nd', ['a', 'd']],
    ['a;b\nc', ['a', 'c']],
    ['a "b c" d', ['a "b c" d']],
    ['a"b"c""', ['a "b" c ""']],
    ['a "b\\"c" "d\\\\" e', ['a "b\\"c" "d\\\\" e']],
    ['a\\ b\\;c\\"d\\(e', ['a\\ b\\;c\\"d\\(e']],
    ['a (b\n c ; d\n\ne) f\ng', ['a b c e f', 'g']],
    ['a(b)c', ['a b c']],
    ['a ( b ( c\n) d\n) e\n', ['a b c d e']],
    ['(a\n b)\n (c)', ['a b', '>c']],
  ])('%j', (text, entries) => {
    expect(entriesOf(text)).toEqual(entries)
    expect(faultsOf(text)).toEqual([])
  })

  test('know the place of every word', () => {
    const [entry] = scanMasterFile('\n a "b" (\n  c)').entries
    expect(entry?.tokens.map(({ line, column }) => [line, column])).toEqual([
      [2, 2],
      [2, 4],
      [3, 3],
    ])
  })
})

describe('faults', () => {
  test.each([
    ['a (b\nc', ['1:3: this parenthesis is never closed']],
    ['a (b (c) d', ['1:3: this parenthesis is never closed']],
    ['a ) b', ['1:3: no parenthesis is open here']],
    ['a "b\nc', ['1:3: this quote is not closed on its line']],
    ['a "b\\\nc"', ['1:3: this quote is not closed on its line', '2:2: this quote is not closed on its line']],
    ['a\\\nb', ['1:2: nothing follows this backslash']],
    ['a\\\r\nb', ['1:2: nothing follows this backslash']],
    ['a\\', ['1:2: nothing follows this backslash']],
    ['a\rb', ['1:2: the control character U+000D is not allowed']],
    ['a (\rb)', ['1:4: the control character U+000D is not allowed']],
    ['a\u0000b', ['1:2: the control character U+0000 is not allowed']],
    ['a "b\u0007"', ['1:5: the control character U+0007 is not allowed']],
    ['; a\u007f', ['1:4: the control character U+007F is not allowed']],
    ['\ufeffa', ['1:1: the character U+FEFF is not allowed outside quotes and comments']],
    ['a\u00a0b', ['1:2: the character U+00A0 is not allowed outside quotes and comments']],
    ['a 🙂', ['1:3: the character U+1F642 is not allowed outside quotes and comments']],
    ['a "\ufffd"', ['1:4: this text is not UTF-8']],
    [
      'a )\nb "c\n)',
      [
        '1:3: no parenthesis is open here',
        '2:3: this quote is not closed on its line',
        '3:1: no parenthesis is open here',
      ],
    ],
  ])('%j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults)
  })

  test('what an open parenthesis swallows is no entry', () => {
    expect(entriesOf('a\nb (c\nd')).toEqual(['a'])
  })

  test('a lone carriage return ends an entry, as it does for name servers', () => {
    expect(entriesOf('a\rb (\rc)')).toEqual(['a', 'b c'])
  })
})

test('long words and texts are no burden', () => {
  const text = `a "${'b\\"'.repeat(100_000)}" ${'c\\ '.repeat(100_000)}\n`
  expect(scanMasterFile(text).entries[0]?.tokens.map(token => token.text.length)).toEqual([1, 300_000, 300_000])
})
