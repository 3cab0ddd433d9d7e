import type { Network } from '../config/network.ts'
import { isPassing, type Judgement, type Mode, modes } from '../domain/model.ts'
import { isoTime } from '../domain/time-words.ts'
import { probeWords } from '../history/failure-words.ts'
import { entryOf } from '../history/history.ts'
import type { Entry } from '../history/run.ts'
import { isExpired, modeOf } from '../orders/orders.ts'
import type { EdgeReport } from '../report/report.ts'
import type { Before } from '../state/network-state.ts'
import { lookBack } from './lookback.ts'

/** What an operator's order says of an edge's mode; null where there is none, or it cannot be read. Times: ISO 8601. */
export interface OrderFacts {
  /**
   * Since when the edge is in its present mode: null only if that was never set. An expired order counts as `available`
   * since it expired, one that was taken back since then.
   */
  readonly since: string | null
  readonly comment: string | null
  readonly by: string | null
  /** In the past: the order has expired, and does not count any more. */
  readonly expires: string | null
}

/** An edge as it is now. */
export interface QueryRow extends OrderFacts {
  readonly edge: string
  readonly mode: Mode
  readonly state: 'in' | 'out'
  /** Null if never judged. */
  readonly judgement: Judgement | null
  /** How the newest probe ended: "ok", or "status 503 in 0.65 s"; null where there is none. */
  readonly probe: string | null
}

/** Which edges are asked for; what is missing matches all. */
export interface QueryFilter {
  readonly health?: Judgement | 'allpass' | undefined
  readonly state?: 'in' | 'out' | undefined
  readonly mode?: Mode | undefined
}

/** Words that a filter by health takes. */
export const healthWords = ['allpass', 'pass_threshold', 'pass_window', 'pass_average', 'pass', 'fail'] as const
/** Words that a filter by state takes. */
export const stateWords = ['in', 'out'] as const
/** Words that a filter by mode takes. */
export const modeWords = modes

/** Whether an edge is among those asked for. `allpass`: any `pass…`. */
export function isAskedFor(row: Pick<QueryRow, 'judgement' | 'state' | 'mode'>, filter: QueryFilter): boolean {
  const { health, state, mode } = filter
  const isHealthy = health === 'allpass' ? isPassing(row.judgement) : health === undefined || row.judgement === health
  return isHealthy && (state === undefined || row.state === state) && (mode === undefined || row.mode === mode)
}

/** By edge: since when it is available again (milliseconds), where an order for it was taken back. */
export type AvailableSince = ReadonlyMap<string, number>

const never: AvailableSince = new Map()

/** Every edge of the configuration, by name, as the newest recorded cycle left it; one is enough. `now`: milliseconds. */
export function queryRows(network: Network, stored: Before, now: number, since: AvailableSince = never): QueryRow[] {
  const newest = stored.history.runs.at(-1)
  const live = new Set(liveNames(stored))
  const entries = new Map(
    network.edges.map(({ name }) => [name, newest === undefined ? null : entryOf(newest, 'edge', name)]),
  )
  return network.edges.map(({ name }) => ({
    edge: name,
    mode: modeOf(name, stored.orders.get(name), live.has(name), now).mode,
    state: live.has(name) ? 'in' : 'out',
    judgement: entries.get(name)?.judgement ?? null,
    probe: wordsOf(entries.get(name) ?? null),
    ...orderFacts(name, stored, now, since),
  }))
}

function wordsOf(entry: Entry | null): string | null {
  return entry === null ? null : probeWords(entry)
}

/** The rows of a report about the newest recorded cycle, with what is ordered (contract, `query`). Needs all samples. */
export function reportRows(
  network: Network,
  stored: Before,
  now: number,
  since: AvailableSince = never,
): (EdgeReport & OrderFacts)[] {
  const rows = lookBack(network, stored, now)?.edges ?? queryRows(network, stored, now).map(unseen)
  return rows.map(row => ({ ...row, ...orderFacts(row.edge, stored, now, since) }))
}

/** The recorded live set; where it is lost, as the newest recorded cycle left it. */
export function liveNames(stored: Before): readonly string[] {
  const newest = stored.history.runs.at(-1)
  return stored.live ?? newest?.roster.edges.filter(edge => entryOf(newest, 'edge', edge)?.live) ?? []
}

function orderFacts(edge: string, { orders }: Before, now: number, availableSince: AvailableSince): OrderFacts {
  const order = orders.get(edge)
  if (order === undefined) {
    const since = availableSince.get(edge)
    return { since: since === undefined ? null : isoTime(since), comment: null, by: null, expires: null }
  }
  if (order === 'unreadable') return { since: null, comment: null, by: null, expires: null }
  const { since, comment, by, expires } = order
  return {
    since: isoTime(isExpired(expires, now) ? expires : since),
    comment,
    by,
    expires: expires === null ? null : isoTime(expires),
  }
}

/** The row of an edge before the first cycle. */
function unseen({ edge, mode, state }: QueryRow): EdgeReport {
  return {
    edge,
    address: null,
    mode,
    outcome: 'skipped',
    judgement: null,
    fetchSeconds: null,
    windowAverage: null,
    average: null,
    state,
    reason: 'no cycle has been recorded yet',
  }
}
