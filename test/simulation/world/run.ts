import type { Network } from '../../../functions/core/config/network.ts'
import type { Probe } from '../../../functions/core/domain/model.ts'
import type { Report } from '../../../functions/core/report/report.ts'
import type { Process } from './process.ts'

/** One run of a function, and what those who look on know of it. */
export interface Run {
  readonly process: Process
  readonly kind: 'manage' | 'dry-run'
  readonly forceUpdate: boolean
  readonly network: Network
  /** Milliseconds: the cycle's `now`. */
  readonly startedAt: number
  /** How often operators had done something when it started. */
  readonly ordersAt: number
  /** What it asked vantage points, and what they said that counts. */
  readonly sight: Sighted
  /** Its lease; null while it has none. */
  lease: { readonly run: string; readonly until: number } | null
  /** What the prober was told, by edge name or canary address. */
  readonly probes: Map<string, Probe>
  /** Null while it works, and for ever where it was killed. */
  report: Report | null
}

/** What one run heard from elsewhere. */
export interface Sighted {
  /** How often regions had changed when it started. */
  readonly changesAt: number
  /** The edges that it asked about. */
  readonly asked: Set<string>
  /** By edge. */
  readonly votes: Map<string, readonly { readonly region: string; readonly outcome: string }[]>
}
