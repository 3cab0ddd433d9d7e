import { counted } from '../domain/printable.ts'
import { utcWords } from '../domain/time-words.ts'
import { type Bar, barsOf, type ChartSpan } from './chart.ts'
import type { Course } from './track.ts'

const maxRows = 40
const rowHeight = 16
const chartWidth = 1000
const axisHeight = 14

/** One edge of a chart; `markup` is a drawing of its way, and needs no escaping. */
export interface ChartRow {
  readonly edge: string
  readonly markup: string
}

/** A course as a picture in rows, with what it shows in words. */
export interface ChartView {
  readonly rows: readonly ChartRow[]
  /** How many edges have no row, in words; null where all have one. */
  readonly more: string | null
  /** The rotations, as a drawing. */
  readonly rotations: string
  readonly rotationWords: string
  readonly from: string
  readonly to: string
}

/** A course for the page: a row for each edge that was ever live, failing probes of live ones shaded, rotations below. */
export function chartView(course: Course, span: ChartSpan): ChartView {
  const bars = barsOf(course, span)
  const shown = bars.slice(0, maxRows)
  const left = bars.length - shown.length
  const x = (time: number) => round(((time - span.from) / (span.to - span.from)) * chartWidth)
  const marks = course.rotations.map(time => `<path class="r" d="M${x(time)} 1v12"/>`).join('')
  return {
    rows: shown.map(bar => ({ edge: bar.edge, markup: drawing(rowMarkup(bar, x), rowHeight, barWords(bar, span)) })),
    more: left > 0 ? `${counted(left, 'more edge')}, live for less time` : null,
    rotations: drawing(marks, axisHeight, counted(course.rotations.length, 'rotation')),
    rotationWords: counted(course.rotations.length, 'rotation'),
    from: utcWords(span.from),
    to: utcWords(span.to),
  }
}

function rowMarkup({ spans, failing }: Bar, x: (time: number) => number): string {
  const live = spans.map(({ from, to }) => rect('v', x(from), Math.max(1, x(to) - x(from))))
  return [...live, ...failing.map(time => rect('x', x(time), 2))].join('')
}

function rect(name: string, left: number, width: number): string {
  return `<rect class="${name}" x="${left}" y="3" width="${round(width)}" height="10"/>`
}

function drawing(inner: string, height: number, words: string): string {
  return `<svg role="img" aria-label="${words}" viewBox="0 0 ${chartWidth} ${height}" preserveAspectRatio="none">${inner}</svg>`
}

function barWords({ spans, failing }: Bar, { from, to }: ChartSpan): string {
  const live = spans.reduce((sum, one) => sum + one.to - one.from, 0)
  const share = Math.round((live / (to - from)) * 100)
  return `live ${share} % of the time; ${counted(failing.length, 'failing probe')} while live`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
