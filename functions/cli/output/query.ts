import type { Network } from '../../core/config/network.ts'
import { isPassing } from '../../core/domain/model.ts'
import { spanWords } from '../../core/domain/time-words.ts'
import { freezeWords } from '../../core/inspect/freeze-words.ts'
import { type QueryRow, queryRows } from '../../core/inspect/query-rows.ts'
import type { Overview } from '../../cycle/ports/journal.ts'
import { csvCell, flatCell } from './cells.ts'
import { judgementStyle } from './edges.ts'
import { lines } from './report.ts'
import { type Column, renderTable } from './table.ts'
import type { Paint } from './terminal.ts'

/** How the answer to a query is shown. */
export interface QueryLook {
  /** `table`: for a person. */
  readonly format: 'table' | 'flat' | 'csv' | 'json'
  readonly quiet: boolean
  readonly header: boolean
  readonly verbose: boolean
  readonly paint: Paint
  readonly width: number
}

/** The state of a network, in a line. */
export interface Summary {
  readonly network: string
  readonly live: number
  readonly edges: number
  /** Live edges that pass, as in a report. */
  readonly passing: number
  /** Seconds since the last cycle that finished started; -1 if none ever did. */
  readonly last_cycle_age: number
  /** What is said of a frozen network; null if it is not. */
  readonly frozen: string | null
}

/** The edges in the formats of the original (original-formats, `edge_query`), or as a table. `now`: milliseconds. */
export function renderQuery(rows: readonly QueryRow[], now: number, look: QueryLook): string {
  if (look.format === 'table') return lines(renderTable(columnsAt(now, look.verbose), rows, look.width, look.paint))
  if (look.format === 'json') return rows.map(row => `${JSON.stringify(jsonOf(row, now, look))}\n`).join('')
  const names = look.verbose ? verboseNames : look.quiet ? ['edgename'] : ['edgename', 'duration']
  return separated(
    names,
    rows.map(row => {
      const seconds = String(secondsInMode(row, now))
      if (!look.verbose) return look.quiet ? [row.edge] : [row.edge, seconds]
      return [row.mode, row.state, row.judgement ?? 'unknown', row.edge, seconds, commentOf(row, now)]
    }),
    look,
  )
}

/** The original's own names, for scripts that read them. */
const verboseNames = ['mode', 'state', 'health', 'edgename', 'duration', 'comment']

/** A line per network, in the same formats. */
export function renderSummaries(summaries: readonly Summary[], look: QueryLook): string {
  if (look.format === 'table') return lines(renderTable(summaryColumns, summaries, look.width, look.paint))
  if (look.format === 'json') return summaries.map(one => `${JSON.stringify(one)}\n`).join('')
  const cells = ({ network, live, edges, passing, last_cycle_age }: Summary) => [
    network,
    ...(look.quiet ? [] : [live, edges, passing, last_cycle_age].map(String)),
  ]
  const names = ['network', ...(look.quiet ? [] : ['live', 'edges', 'passing', 'last_cycle_age'])]
  return separated(names, summaries.map(cells), look)
}

/** The state of a network; its newest recorded cycle is enough. `now`: milliseconds. */
export function summaryOf(network: Network, { stored, lastCycle }: Overview, now: number): Summary {
  const rows = queryRows(network, stored, now)
  const live = rows.filter(({ state }) => state === 'in')
  return {
    network: network.name,
    live: live.length,
    edges: rows.length,
    passing: live.filter(({ judgement }) => isPassing(judgement)).length,
    last_cycle_age: lastCycle === null ? -1 : Math.max(0, Math.floor((now - lastCycle) / 1000)),
    frozen: freezeWords(stored.freeze, now),
  }
}

function separated(names: readonly string[], rows: readonly (readonly string[])[], look: QueryLook): string {
  const [separator, cell] = look.format === 'csv' ? [',', csvCell] : ['\t', flatCell]
  const all = look.header ? [names, ...rows] : rows
  return all.map(row => `${row.map(cell).join(separator)}\n`).join('')
}

/** The values are those of the original: the seconds are a text. */
function jsonOf(row: QueryRow, now: number, { quiet, verbose }: QueryLook): object {
  return {
    edge: row.edge,
    ...(quiet ? {} : { time_since_state_change: String(secondsInMode(row, now)) }),
    ...(verbose ? { health: row.judgement, state: row.state } : {}),
  }
}

/** Whole seconds in the present mode; -1 if it was never set. */
function secondsInMode({ since }: QueryRow, now: number): number {
  return since === null ? -1 : Math.max(0, Math.floor((now - Date.parse(since)) / 1000))
}

/** "[user] text", as the original kept it. */
function commentOf({ comment, by, expires }: QueryRow, now: number): string {
  if (comment === null) return ''
  const isOver = expires !== null && Date.parse(expires) <= now
  return `[${by}] ${comment}${isOver ? ` (expired ${expires})` : ''}`
}

function columnsAt(now: number, verbose: boolean): Column<QueryRow>[] {
  const time = (row: QueryRow) => (row.since === null ? '-' : spanWords(now - Date.parse(row.since)))
  return [
    { title: 'STATE', text: row => row.state, style: row => (row.state === 'in' ? 'green' : 'dim') },
    { title: 'EDGE', text: row => row.edge },
    { title: 'JUDGEMENT', text: row => row.judgement ?? '-', style: row => judgementStyle(row.judgement) },
    ...(verbose ? [{ title: 'LAST PROBE', text: (row: QueryRow) => row.probe ?? '-' }] : []),
    { title: 'MODE', text: row => row.mode, style: row => (row.mode === 'available' ? null : 'yellow') },
    { title: 'FOR', text: time, alignRight: true },
    { title: 'COMMENT', text: row => commentOf(row, now) },
  ]
}

const summaryColumns: Column<Summary>[] = [
  { title: 'NETWORK', text: one => one.network },
  { title: 'LIVE', text: one => String(one.live), alignRight: true },
  { title: 'EDGES', text: one => String(one.edges), alignRight: true },
  { title: 'PASSING', text: one => String(one.passing), alignRight: true },
  {
    title: 'LAST CYCLE',
    text: one => (one.last_cycle_age < 0 ? 'never' : `${spanWords(one.last_cycle_age * 1000)} ago`),
    alignRight: true,
  },
  {
    title: 'FROZEN',
    text: one => (one.frozen === null ? '' : 'frozen'),
    style: one => (one.frozen === null ? null : 'yellow'),
  },
]
