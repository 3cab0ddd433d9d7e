import { describe, expect, test } from 'vitest'
import { renderTable, wrapped } from '../../../../functions/cli/output/table.ts'
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

  test('goes on below where a line would be too long, and loses nothing', () => {
    const table = renderTable(columns, rows, 46, unpainted)
    expect(table.slice(2)).toEqual(['a long name  1000  one two three four five six', '                   seven'])
  })

  test.each([40, 30, 10, 0])('puts its last column on lines of its own where there is little room: %d', width => {
    const table = renderTable(columns, rows, width, unpainted)
    expect(table[4]).toBe('a long name  1000')
    expect(
      table
        .slice(5)
        .map(line => line.trim())
        .join(' '),
    ).toBe('one two three four five six seven')
    expect(table.slice(5).every(line => line.startsWith('    ') && line.length <= Math.max(24, width))).toBe(true)
  })

  test('has no line for a last column that is empty', () => {
    const table = renderTable(columns, [{ name: 'b', count: 2, words: '' }, ...rows.slice(1)], 30, unpainted)
    expect(table.slice(0, 4)).toEqual(['NAME            N', '    WORDS', 'b               2', 'a long name  1000'])
  })

  test('breaks words that are longer than a line', () => {
    expect(wrapped('abc defghijk lm', 4)).toEqual(['abc', 'defg', 'hijk', 'lm'])
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
