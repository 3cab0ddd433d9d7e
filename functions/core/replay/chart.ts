import { byName } from '../domain/model.ts'
import { timeLine } from '../inspect/chart.ts'
import type { Course } from './track.ts'

/** The span of a chart, milliseconds. */
export interface ChartSpan {
  readonly from: number
  /** After the last cycle. */
  readonly to: number
}

/** An edge's way through the chart: since when and until when it was live (milliseconds), and when it failed live. */
export interface Bar {
  readonly edge: string
  readonly spans: readonly { readonly from: number; readonly to: number }[]
  readonly failing: readonly number[]
}

/** The edges that were ever live in a course: those that were live longest first. */
export function barsOf(course: Course, { to }: ChartSpan): Bar[] {
  const spans = new Map<string, { from: number; to: number }[]>()
  for (const [at, { time, live }] of course.sets.entries()) {
    const end = course.sets[at + 1]?.time ?? to
    for (const edge of live) {
      const own = spans.get(edge) ?? []
      const last = own.at(-1)
      if (last?.to === time) last.to = end
      else own.push({ from: time, to: end })
      spans.set(edge, own)
    }
  }
  for (const edge of course.exposed.keys()) if (!spans.has(edge)) spans.set(edge, [])
  const lasted = (bar: Bar) => bar.spans.reduce((sum, one) => sum + one.to - one.from, 0)
  return [...spans]
    .map(([edge, own]) => ({ edge, spans: own, failing: course.exposed.get(edge) ?? [] }))
    .sort((a, b) => lasted(b) - lasted(a) || byName(a.edge, b.edge))
}

const maxRows = 12
const maxLabel = 28
const minColumns = 20

/** A course as lines of text: a row for each edge, failing probes of live ones shaded, rotations marked below. */
export function courseLines(course: Course, span: ChartSpan, width: number): string[] {
  const bars = barsOf(course, span)
  const shown = bars.slice(0, maxRows)
  const label = Math.min(maxLabel, Math.max('rotations'.length, ...shown.map(({ edge }) => edge.length)))
  const columns = Math.max(minColumns, width - label - 2)
  const placeOf = (time: number) => Math.floor(((time - span.from) / (span.to - span.from)) * columns)
  const line = (name: string, cells: readonly string[]) => `${shortened(name, label)}  ${cells.join('')}`.trimEnd()
  const rows = shown.map(({ edge, spans, failing }) => {
    const cells = Array.from({ length: columns }, () => ' ')
    for (const { from, to } of spans) cells.fill('━', placeOf(from), Math.max(placeOf(from) + 1, placeOf(to)))
    for (const time of failing) cells[placeOf(time)] = '▒'
    return line(edge, cells)
  })
  const marks = Array.from({ length: columns }, () => ' ')
  for (const time of course.rotations) marks[placeOf(time)] = '▲'
  const more = bars.length - shown.length
  return [
    ...rows,
    ...(more > 0 ? [`and ${more} more ${more === 1 ? 'edge' : 'edges'} for less time`] : []),
    line('rotations', marks),
    `${' '.repeat(label + 2)}${timeLine(span, columns)}`,
  ]
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text.padEnd(length) : `${text.slice(0, length - 1)}…`
}

/** What the signs of `courseLines` mean. */
export const courseLegend = '━ live, ▒ live and failing, ▲ rotation'
