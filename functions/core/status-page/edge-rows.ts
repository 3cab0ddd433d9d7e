import { byName, isPassing, type Judgement, judgements } from '../domain/model.ts'
import { spanWords, utcWords } from '../domain/time-words.ts'
import { type Since, sinceOf } from '../inspect/since.ts'
import type { EdgeReport } from '../report/report.ts'
import type { Seen } from './facts.ts'
import { sparkline } from './sparkline.ts'
import { type Slot, type Span, traceOf } from './trace.ts'

/** How something is: shown by shape, word and colour alike. */
export type Tone = 'good' | 'fair' | 'bad' | 'quiet'

/** One edge as the page shows it; every text unescaped but `sparks`, which are markup. */
export interface EdgeRow {
  readonly edge: string
  /** Null where it is the edge's own name. */
  readonly address: string | null
  readonly isLive: boolean
  readonly tone: Tone
  /** A shape for the judgement. */
  readonly mark: string
  readonly judgement: string
  /** "for 2 h 5 min". */
  readonly since: string
  /** When that began, for those who want to know exactly. */
  readonly sinceTime: string
  /** Null where no order is given. */
  readonly order: string | null
  /** Seconds with three digits, or how the probe ended. */
  readonly fetch: string
  readonly window: string
  readonly average: string
  readonly reason: string
  readonly sparks: readonly string[]
  /** Numbers to sort by: judgement, fetch time, window, average. */
  readonly rank: number
  readonly fetchOrder: number
  readonly windowOrder: number
  readonly averageOrder: number
}

const marks: Readonly<Record<Judgement, string>> = {
  pass_threshold: '●',
  pass_window: '◕',
  pass_average: '◑',
  pass: '◔',
  fail: '✕',
}

/** The edges: live ones first, those in trouble before the others, then by name. */
export function edgeRowsOf(facts: Seen): EdgeRow[] {
  const { last, network } = facts
  const reports = last?.edges ?? network.edges.map(edge => unknownEdge(edge.name, edge.address))
  return reports.map(report => rowOf(report, facts)).sort(byUrgency)
}

function unknownEdge(edge: string, address: string | null): EdgeReport {
  const nothing = { judgement: null, fetchSeconds: null, windowAverage: null, average: null }
  const reason = 'no cycle has been recorded yet'
  return { edge, address, mode: 'available', outcome: 'skipped', ...nothing, state: 'out', reason }
}

function rowOf(report: EdgeReport, facts: Seen): EdgeRow {
  const { edge, address, judgement, outcome, fetchSeconds } = report
  const { network, now, spans, stored } = facts
  const since = sinceOf(stored.history.runs, 'edge', edge, entry => isPassing(entry.judgement))
  const trace = (span: Span) => traceOf(stored.history.runs, 'edge', edge, span)
  const { goodenough } = network.settings
  return {
    edge,
    address: address === edge ? null : address,
    isLive: report.state === 'in',
    tone: toneOf(judgement),
    mark: judgement === null ? '–' : marks[judgement],
    judgement: judgement ?? 'not judged',
    since: sinceWords(since, now),
    sinceTime: since === null ? '' : utcWords(since.time),
    order: orderOf(edge, report.mode, facts),
    fetch: outcome === 'ok' ? seconds(fetchSeconds) : outcome,
    window: seconds(report.windowAverage),
    average: seconds(report.average),
    reason: report.reason,
    sparks: spans.map(span => traceSpark(trace(span), goodenough, span)),
    rank: judgement === null ? judgements.length : judgements.indexOf(judgement),
    fetchOrder: sortable(outcome === 'ok' ? fetchSeconds : null),
    windowOrder: sortable(report.windowAverage),
    averageOrder: sortable(report.average),
  }
}

/** A trace as a sparkline that says in words what it shows. */
export function traceSpark(slots: readonly (Slot | null)[], goodenough: number, span: Span): string {
  const good = slots.reduce((sum, slot) => sum + (slot?.good ?? 0), 0)
  const failed = slots.reduce((sum, slot) => sum + (slot?.failed ?? 0), 0)
  return sparkline(slots, goodenough, `${span.title}: ${good} good, ${failed} failed`)
}

/** The tone of a judgement. */
export function toneOf(judgement: Judgement | null): Tone {
  if (judgement === null) return 'quiet'
  return judgement === 'fail' ? 'bad' : judgement === 'pass_threshold' ? 'good' : 'fair'
}

/** "for 2 h 5 min", or "for at least …" where the history ends before. */
export function sinceWords(since: Since | null, now: number): string {
  if (since === null) return ''
  return `for ${since.isOpen ? 'at least ' : ''}${spanWords(now - since.time)}`
}

function orderOf(edge: string, mode: string, { stored, now }: Seen): string | null {
  const order = stored.orders.get(edge)
  if (mode === 'available' && order !== 'unreadable') return null
  if (order === undefined || order === 'unreadable') return `an order that cannot be read: counts as ${mode}`
  const ends =
    order.expires === null ? '' : `, for another ${spanWords(order.expires - now)} (${utcWords(order.expires)})`
  return `${mode}, ordered by ${order.by} ${spanWords(now - order.since)} ago: “${order.comment}”${ends}`
}

function seconds(value: number | null): string {
  return value === null ? '–' : value.toFixed(3)
}

/** What nobody knows sorts behind everything. */
const unknown = 1e9

function sortable(value: number | null): number {
  return value === null ? unknown : Math.round(value * 1e6)
}

function byUrgency(a: EdgeRow, b: EdgeRow): number {
  const failed = (row: EdgeRow) => Number(row.fetchOrder === unknown)
  return Number(b.isLive) - Number(a.isLive) || b.rank - a.rank || failed(b) - failed(a) || byName(a.edge, b.edge)
}
