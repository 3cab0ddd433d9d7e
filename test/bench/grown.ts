/** How something grows: its exponent as a row with a target, and its chart beside the results. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chartOf } from './chart.ts'
import { exponentOf } from './statistics.ts'
import type { Row } from './table.ts'

/** Nothing may grow worse than linearly; a tenth is for noise. */
const steepest = 1.1

type Points = readonly (readonly [number, number])[]

/** The row, and `growth-<title>.svg` written; the points are sizes and milliseconds. */
export function grown(title: string, x: string, points: Points): Row {
  const row = exponentRow(title, x, points)
  const file = new URL(`growth-${title.replaceAll(/[^a-zA-Z]+/g, '-')}.svg`, import.meta.url)
  const chart = chartOf(`${title}: exponent ${row.value.toFixed(2)}`, x, 'milliseconds', [{ name: title, points }])
  writeFileSync(fileURLToPath(file), chart)
  return row
}

/** The row alone. */
export function exponentRow(title: string, x: string, points: Points): Row {
  const note = points.map(([size, ms]) => `${size}: ${ms.toFixed(1)} ms`).join(', ')
  const value = exponentOf(points)
  return { part: 'growth', what: `${title} with ${x}`, value, unit: 'exponent', target: steepest, note }
}
