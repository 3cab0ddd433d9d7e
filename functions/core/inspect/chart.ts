import { isFailure, type Outcome } from '../domain/model.ts'
import { utcWords } from '../domain/time-words.ts'
import { startOfHour } from '../history/hour.ts'
import type { HourSample, Sample } from './samples.ts'

export interface ChartInput {
  /** Ascending. */
  readonly samples: readonly Sample[]
  /** Hourly averages of hours that no sample tells of. */
  readonly hours: readonly HourSample[]
  /** The span of the chart, milliseconds. */
  readonly from: number
  readonly to: number
  /** Characters in a line. */
  readonly width: number
  /** Seconds. */
  readonly goodenough: number
}

const height = 8
const blocks = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const axisWidth = 9
const leastColumns = 20

const failureLetters: Readonly<Partial<Record<Outcome, string>>> = {
  timeout: 'T',
  refused: 'R',
  connection_error: 'C',
  tls_error: 'L',
  dns_error: 'D',
  bad_status: 'S',
  verify_failed: 'V',
}

/** What one column of the chart shows. */
interface Slot {
  /** Mean fetch time of the good probes, or the hourly average; null where there is none. */
  readonly seconds: number | null
  /** How the newest failed probe in it ended; null where none failed. */
  readonly failure: Outcome | null
  readonly live: boolean
}

/** A chart of fetch times as lines of text: bars, the line of goodenough, failures by letter, times in rotation. */
export function chartOf(input: ChartInput): string[] {
  const slots = slotsOf(input)
  const times = slots.flatMap(({ seconds }) => seconds ?? [])
  const top = Math.max(input.goodenough * 1.25, ...times)
  const mark = Math.min(height - 1, Math.floor((input.goodenough / top) * height))
  const rows = Array.from({ length: height }, (_, at) => {
    const level = height - 1 - at
    const label = level === mark ? input.goodenough : level === height - 1 ? top : null
    const cells = slots.map(({ seconds }) => cellAt(seconds, top, level, level === mark ? '┈' : ' '))
    return `${axisLabel(label)}${level === mark ? '┤' : '│'}${cells.join('')}`
  })
  const failures = slots.map(({ failure }) => (failure === null ? ' ' : failureLetters[failure])).join('')
  const live = slots.map(slot => (slot.live ? '━' : ' ')).join('')
  return [
    ...rows,
    `${axisLabel(0)}└${'─'.repeat(slots.length)}`,
    ...(failures.trim() === '' ? [] : [`${'failed'.padStart(axisWidth - 1)} ${failures}`]),
    ...(live.trim() === '' ? [] : [`${'live'.padStart(axisWidth - 1)} ${live}`]),
    `${' '.repeat(axisWidth)}${timeLine(input, slots.length)}`,
    legend(slots, input),
  ].map(line => line.trimEnd())
}

function slotsOf({ samples, hours, from, to, width }: ChartInput): Slot[] {
  const count = Math.max(leastColumns, width - axisWidth)
  const at = (time: number) => Math.min(count - 1, Math.floor(((time - from) / (to - from)) * count))
  const inSlot = Array.from({ length: count }, (): Sample[] => [])
  for (const sample of samples) inSlot[at(Date.parse(sample.time))]?.push(sample)
  const averages = new Map(hours.map(hour => [Date.parse(hour.time), hour.average]))
  return inSlot.map((found, n) => {
    const start = from + ((to - from) / count) * n
    const hourly = averages.get(startOfHour(start)) ?? null
    const good = found.flatMap(({ outcome, fetchSeconds }) => (outcome === 'ok' ? Number(fetchSeconds) : []))
    const mean = good.length === 0 ? hourly : good.reduce((sum, one) => sum + one, 0) / good.length
    const failure = found.map(({ outcome }) => outcome).findLast(isFailure) ?? null
    return { seconds: mean, failure, live: found.some(sample => sample.live) }
  })
}

/** The part of a bar in one row; a bar is never less than an eighth of a row. */
function cellAt(seconds: number | null, top: number, level: number, empty: string): string {
  if (seconds === null) return empty
  const eighths = Math.max(1, Math.round((seconds / top) * height * 8)) - level * 8
  return eighths <= 0 ? empty : String(blocks[Math.min(8, eighths)])
}

function axisLabel(seconds: number | null): string {
  return `${seconds === null ? '' : `${seconds.toFixed(seconds < 10 ? 3 : 2)} s`}`.padStart(axisWidth - 1)
}

/** The line under a chart: its first and its last moment (milliseconds), at its two ends. */
export function timeLine({ from, to }: Pick<ChartInput, 'from' | 'to'>, columns: number): string {
  const [left, right] = [utcWords(from), utcWords(to)]
  return `${left}${' '.repeat(Math.max(1, columns - left.length - right.length))}${right}`
}

function legend(slots: readonly Slot[], { hours }: ChartInput): string {
  const failures = [...new Set(slots.flatMap(({ failure }) => failure ?? []))].sort()
  const words = [
    '█ mean fetch time of good probes',
    '┈ goodenough',
    ...(slots.some(slot => slot.live) ? ['━ in rotation'] : []),
    ...failures.map(outcome => `${failureLetters[outcome]} ${outcome}`),
    ...(hours.length > 0 ? ['hourly averages before the first sample'] : []),
  ]
  return `${' '.repeat(axisWidth)}${words.join(', ')}`
}
