import { describe, expect, test } from 'vitest'
import { renderTable, shorten } from '../../../../functions/cli/output/table.ts'
import { type Paint, unpainted } from '../../../../functions/cli/output/terminal.ts'

interface Row {
  readonly name: string
  readonly count: number
  readonly words: string
}

const columns = [
  { title: 'NAME', text: (row: Row) => row.name },
  { title: 'N', text: (row: Row) => String(row.count), alignRight: true },
  { title: 'WORDS', text: (row: Row) => row.words },
]

const rows = [
  { name: 'a', count: 1, words: 'short' },
  { name: 'a long name', count: 1000, words: 'one two three four five six seven' },
]

describe('a table', () => {
  test('aligns its columns and leaves no space at the end of lines', () => {
    expect(renderTable(columns, rows, Number.POSITIVE_INFINITY, unpainted)).toEqual([
      'NAME            N  WORDS',
      'a               1  short',
      'a long name  1000  one two three four five six seven',
    ])
  })

  test('cuts its last column to the width, with an ellipsis', () => {
    const table = renderTable(columns, rows, 40, unpainted)
    expect(table[2]).toBe('a long name  1000  one two three four f…')
    expect(table.every(line => line.length <= 40)).toBe(true)
  })

  test('keeps some of its last column on a terminal that is too narrow', () => {
    expect(renderTable(columns, rows, 10, unpainted)[2]).toBe('a long name  1000  one two three f…')
  })

  test('shows what would move the cursor, and breaks no line', () => {
    const table = renderTable(columns, [{ name: 'a\x1b[2J', count: 1, words: 'b\r\nc\x07' }], 80, unpainted)
    expect(table[1]).toBe('a\\u001b[2J  1  b c\\u0007')
  })

  test('is aligned by what is seen, not by colour codes', () => {
    const paint: Paint = (style, text) => `<${style}>${text}</>`
    const painted = [
      { title: 'NAME', text: (row: Row) => row.name, style: () => 'red' as const },
      { title: 'WORDS', text: (row: Row) => row.words },
    ]
    expect(renderTable(painted, rows, 80, paint)[1]).toBe('<red>a</>            short')
  })
})

test.each([
  ['as long as it may be', 'abc', 3, 'abc'],
  ['longer', 'abcd', 3, 'ab…'],
  ['for which there is no room', 'abcd', 0, '…'],
  ['with a character across the cut', 'a👍👍', 3, 'a…'],
])('a text %s', (_words, text, most, expected) => {
  expect(shorten(text, most)).toBe(expected)
})
