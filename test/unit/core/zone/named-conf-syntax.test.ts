import { expect, test } from 'vitest'
import { readStatements } from '../../../../functions/core/zone/named-conf-syntax.ts'

test('statements have words, blocks and lines; comments are left out', () => {
  const text = '// one\n# two\n/* three\n*/ zone "a b" {\n  file x/y; };\n\ninclude "\\"";\n'
  expect(readStatements(text)).toEqual([
    {
      words: ['zone', 'a b'],
      block: [{ words: ['file', 'x/y'], block: null, line: 5 }],
      line: 4,
    },
    { words: ['include', '\\"'], block: null, line: 7 },
  ])
  expect(readStatements('')).toEqual([])
})

test('what stands in quotes is a word, whatever it is', () => {
  const words = ['a', ';', '{', '}', '// b', '/* c']
  const text = words.map(word => `"${word}"`).join(' ')
  expect(readStatements(`${text};`)).toEqual([{ words, block: null, line: 1 }])
})

test.each([
  ['zone "a', 1, 'what begins with " is not closed'],
  ['a;\n/* b', 2, 'what begins with / is not closed'],
  ['a\u0007;', 1, 'a control character is not allowed'],
  ['a;\nb', 2, 'the last statement lacks its semicolon'],
  ['a {\n', 1, 'a brace is never closed'],
  ['a { b };', 1, 'a semicolon is missing in front of this brace'],
  ['a { { } };', 1, 'a semicolon is missing in front of this brace'],
  ['a { } b;', 1, "a semicolon is missing in front of 'b'"],
  ['a { } { };', 1, "a semicolon is missing in front of '{'"],
  ['a; ;', 1, 'there is nothing before this semicolon'],
  ['a;\n};', 2, 'no brace is open here'],
  ['a { };\n{ }', 2, 'the last statement lacks its semicolon'],
])('%j', (text, line, message) => {
  expect(readStatements(text)).toEqual({ line, message })
})
