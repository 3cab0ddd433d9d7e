import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  counted,
  firstOf,
  givenName,
  grouped,
  isPrintable,
  maxSentence,
  oneLine,
  printable,
  printableText,
} from '../../../../functions/core/domain/printable.ts'

/** Every control character, both separators, marks of direction, and halves of characters. */
const unprintable = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  ...Array.from({ length: 0x21 }, (_, at) => 0x7f + at),
  ...[0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2066, 0x2067, 0x2068, 0x2069, 0xd800, 0xdfff, 0xfeff],
].map(code => String.fromCharCode(code))

test.each(unprintable.map(character => [character.charCodeAt(0).toString(16), character]))(
  'U+%s is shown as an escape that JSON reads as the same character',
  (_code, character) => {
    expect(isPrintable(`a${character}b`)).toBe(false)
    const shown = printable(`a${character}b`)
    expect(shown).toMatch(/^a\\u[0-9a-f]{4}b$/)
    expect(JSON.parse(`"${shown}"`)).toBe(`a${character}b`)
  },
)

test.each(['plain', 'Grüße, 世界 👩‍👩‍👧', '', 'a b'])('%j stays as it is', text => {
  expect(isPrintable(text)).toBe(true)
  expect(printable(text)).toBe(text)
})

describe('a text of several lines', () => {
  const isOwn = (code: string) => code === '\x1b[1m'
  test('keeps its lines, its tabs and the colours that are ours', () => {
    expect(printableText('\x1b[1ma\tb\nc', isOwn)).toBe('\x1b[1ma\tb\nc')
  })
  test('shows every other code, and the carriage return that would overwrite a line', () => {
    expect(printableText('a\rb\x1b[2Jc\x1b[31md', isOwn)).toBe('a\\u000db\\u001b[2Jc\\u001b[31md')
  })
  test('JSON in it is the same JSON, and holds nothing that moves a cursor', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), text => {
      const json = JSON.stringify(text)
      const shown = printableText(json, () => false)
      expect(JSON.parse(shown)).toBe(text)
      expect(isPrintable(shown)).toBe(true)
    })
    fc.assert(property)
  })
})

describe('one line', () => {
  test('holds no line break, and what is cut is counted', () => {
    expect(oneLine('  a\r\n\tb  ')).toBe('a b')
    expect(oneLine('abcdef', 5)).toBe('abcde… (1 more character)')
    expect(oneLine('x'.repeat(60_000), 10)).toBe(`${'x'.repeat(10)}… (59,990 more characters)`)
    expect(oneLine('x'.repeat(maxSentence))).toHaveLength(maxSentence)
  })
  test('is not cut within a character', () => {
    expect(oneLine('abc👍👍👍', 4)).toMatch(/^abc…/)
  })
  test('has a bound for every text', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), text => {
      const line = oneLine(text, 100)
      expect(isPrintable(line)).toBe(true)
      expect(line.length).toBeLessThan(140)
    })
    fc.assert(property)
  })
})

test('the first of many lines come with a count of the others', () => {
  const more = (rest: number) => `and ${grouped(rest)} more`
  expect(firstOf(['a', 'b'], 2, more)).toEqual(['a', 'b'])
  expect(firstOf(['a', 'b', 'c'], 1, more)).toEqual(['a', 'and 2 more'])
})

test.each([
  [0, '0 edges'],
  [1, '1 edge'],
  [999, '999 edges'],
  [1_980, '1,980 edges'],
  [1_234_567, '1,234,567 edges'],
])('%d is counted as %s', (count, words) => {
  expect(counted(count, 'edge')).toBe(words)
})

test.each([
  ['edge1.example.org', 'edge1.example.org'],
  ['', "''"],
  [' ', "''"],
  ['a b', "'a b'"],
  ['a\nb', "'a b'"],
  ['a\u001b[1m', 'a\\u001b[1m'],
  ['x'.repeat(300), `${'x'.repeat(255)}… (45 more characters)`],
])('the name %j is told of as %s', (text, shown) => {
  expect(givenName(text)).toBe(shown)
})
