/** One thing that was measured. `target`: the most it may be; null where it is shown for comparison only. */
export interface Row {
  readonly part: string
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target: number | null
  /** What the reader has to know besides; why it was skipped where the value is not a number. */
  readonly note?: string
}

/** Whether a row is within its target; null where it has none or was not measured. */
export function passes({ value, target }: Row): boolean | null {
  return target === null || Number.isNaN(value) ? null : value <= target
}

/** The table as it is printed: one line a row. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(row => [
    row.part,
    row.what,
    Number.isNaN(row.value) ? '–' : `${shown(row.value)} ${row.unit}`,
    row.target === null ? '' : `≤ ${row.target} ${row.unit}`,
    { true: 'pass', false: 'MISS', null: Number.isNaN(row.value) ? 'skipped' : '' }[String(passes(row))] ?? '',
    row.note ?? '',
  ])
  const widths = [0, 1, 2, 3, 4].map(at => Math.max(...cells.map(cell => String(cell[at]).length)))
  return cells
    .map(cell =>
      cell
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function shown(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 1 ? 1 : 3)
}
