import { printable } from '../../core/domain/printable.ts'
import type { Paint, Style } from './terminal.ts'

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  readonly alignRight?: boolean
  readonly style?: (row: Row) => Style | null
}

const gap = '  '
/** Where less than this is left for the last column, it goes on lines of its own. */
const leastWidth = 24
/** No line is broken shorter than this, however narrow the terminal. */
const leastLine = 20
const hanging = '    '

/**
 * The rows as lines of aligned columns under their titles; where a line would exceed `width`, the
 * last column goes on below: nothing of it is cut, as it ends with what was decided.
 */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  paint: Paint,
): string[] {
  const texts = rows.map(row => columns.map(column => printable(column.text(row).replaceAll(/\s+/g, ' '))))
  const widths = columns.map((column, at) =>
    texts.reduce((most, cells) => Math.max(most, String(cells[at]).length), column.title.length),
  )
  const before = widths.slice(0, -1).reduce((sum, cell) => sum + cell + gap.length, 0)
  const isBelow = width - before < leastWidth && texts.some(cells => String(cells.at(-1)).length > width - before)
  const indent = isBelow ? hanging : ' '.repeat(before)
  const lastWidth = Math.max(leastLine, width - indent.length)
  const row = (cells: readonly string[], styleOf: (at: number) => Style | null): string =>
    cells
      .map((cell, at) => {
        const isLast = at === columns.length - 1
        const padding = ' '.repeat(isLast ? 0 : Number(widths[at]) - cell.length)
        const style = styleOf(at)
        const painted = style === null || cell === '' ? cell : paint(style, cell)
        return columns[at]?.alignRight ? padding + painted : painted + padding
      })
      .join(gap)
      .trimEnd()
  const line = (cells: readonly string[], styleOf: (at: number) => Style | null): string[] => {
    const last = String(cells.at(-1))
    const parts = last === '' ? [] : wrapped(last, lastWidth)
    const [first = '', ...rest] = isBelow ? ['', ...parts] : parts
    const style = styleOf(cells.length - 1)
    const below = rest.map(part => indent + (style === null ? part : paint(style, part)))
    return [row([...cells.slice(0, -1), first], styleOf), ...below]
  }
  const titles = columns.map(column => column.title)
  const body = rows.flatMap((one, n) => line(texts[n] ?? [], at => columns[at]?.style?.(one) ?? null))
  return [...line(titles, () => 'dim'), ...body]
}

/** The text in lines of at most `width` characters, broken between words, or within one that is longer. */
export function wrapped(text: string, width: number): string[] {
  if (text.length <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    let rest = word
    if (line !== '' && line.length + 1 + rest.length > width) {
      lines.push(line)
      line = ''
    }
    for (; rest.length > width; rest = rest.slice(width)) lines.push(rest.slice(0, width))
    line = line === '' ? rest : `${line} ${rest}`
  }
  return [...lines, line]
}
