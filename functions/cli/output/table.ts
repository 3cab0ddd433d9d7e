import { printable } from '../../core/domain/printable.ts'
import type { Paint, Style } from './terminal.ts'

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  readonly alignRight?: boolean
  readonly style?: (row: Row) => Style | null
}

const gap = '  '
/** The last column is never cut shorter than this, however narrow the terminal. */
const leastWidth = 16

/** The rows as lines of aligned columns under their titles; the last column is cut where a line would exceed `width`. */
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
  const lastWidth = Math.max(leastWidth, width - before)
  const line = (cells: readonly string[], styleOf: (at: number) => Style | null): string =>
    cells
      .map((cell, at) => {
        const isLast = at === columns.length - 1
        const padding = ' '.repeat(isLast ? 0 : Number(widths[at]) - cell.length)
        const style = styleOf(at)
        const shown = isLast ? shorten(cell, lastWidth) : cell
        const painted = style === null ? shown : paint(style, shown)
        return columns[at]?.alignRight ? padding + painted : painted + padding
      })
      .join(gap)
      .trimEnd()
  const titles = columns.map(column => column.title)
  const body = rows.map((row, n) => line(texts[n] ?? [], at => columns[at]?.style?.(row) ?? null))
  return [line(titles, () => 'dim'), ...body]
}

/** The text, cut to this many characters (at least 1) with an ellipsis, and never in the middle of one. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '')}…`
}
