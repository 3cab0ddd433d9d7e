import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { hourMs } from '../history/hour.ts'
import type { LogEntry } from '../inspect/log-entry.ts'
import { type Lookback, lookBack } from '../inspect/lookback.ts'
import type { Rotation } from '../live-set/rotation.ts'
import type { Before } from '../state/network-state.ts'
import type { Span } from './trace.ts'

/** Everything that a network's status is told from. Times in milliseconds. */
export interface StatusFacts {
  readonly network: Network
  readonly stored: Before
  /** The start of the last cycle that finished; null if none ever did. */
  readonly lastCycle: number | null
  /** How it ended. */
  readonly lastStatus: string | null
  /** Newest first. */
  readonly rotations: readonly Rotation[]
  /** What operators' commands and cycles left in the log, any order. */
  readonly entries?: readonly LogEntry[]
  readonly now: number
  readonly spans: readonly Span[]
}

/** The facts with the newest cycle reconstructed; null where none is recorded. */
export interface Seen extends StatusFacts {
  readonly last: Lookback | null
  /** How many edges ought to be live. */
  readonly wanted: number
}

/** Looks back once, for all parts of the page. */
export function seen(facts: StatusFacts): Seen {
  const { network, stored, now } = facts
  const wanted = wantedEdges(network)
  return { ...facts, last: lookBack(network, stored, now), wanted }
}

/** The spans that a page shows by default: the last two hours, and the last 33 (2000 cycles of a minute). */
export function defaultSpans(now: number): Span[] {
  return [
    { title: 'last 2 h', from: now - 2 * hourMs, to: now + 1, slots: 120 },
    { title: 'last 33 h', from: now - 33 * hourMs, to: now + 1, slots: 132 },
  ]
}
