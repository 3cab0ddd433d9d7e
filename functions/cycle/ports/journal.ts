import type { ConfigEvent } from '../../core/config/pointer.ts'
import type { HourAverages } from '../../core/history/hour.ts'
import type { Run } from '../../core/history/run.ts'
import type { LogEntry } from '../../core/inspect/log-entry.ts'
import type { Rotation } from '../../core/live-set/rotation.ts'
import type { Stored } from './ports.ts'

/** What is known of a network at this moment, for those who look and touch nothing. Times in milliseconds. */
export interface Overview {
  readonly stored: Stored
  /** Until when a run holds the lease; null where nobody does. */
  readonly leaseUntil: number | null
  /** When a run last took the lease; null if none ever did. */
  readonly lastStart: number | null
  /** The start of the last cycle that finished, and how it ended; null if none ever did. */
  readonly lastCycle: number | null
  readonly lastStatus: string | null
}

/** What the table keeps of a network beyond what a cycle needs: reads only, and takes no lease. */
export interface Journal {
  /**
   * `samples`: how many of the newest recorded cycles to look back on. Unreadable items are in `stored.warnings`. With
   * `zones: false` no zone is read, and `stored` has none.
   */
  overview(network: string, samples: number, parts?: { readonly zones?: boolean }): Promise<Overview>
  /** By edge: since when it is available again (milliseconds), where an order for it was taken back. */
  availableSince(network: string): Promise<ReadonlyMap<string, number>>
  /** The newest `limit` rotations, newest first, with who came and went and why; unreadable ones are left out. */
  rotations(network: string, limit: number): Promise<Rotation[]>
  /** The newest `limit` entries of the log since `from` (milliseconds), newest first; unreadable ones are left out. */
  log(network: string, limit: number, from: number): Promise<LogEntry[]>
  /** The newest `limit` entries about configurations, newest first; unreadable ones are left out. */
  configurations(network: string, limit: number): Promise<ConfigEvent[]>
  /**
   * The newest `limit` hourly averages (behaviour §2.3), oldest first; `from`: none before it (milliseconds). Unreadable
   * ones are left out.
   */
  hours(network: string, limit: number, from?: number): Promise<HourAverages[]>
  /**
   * The newest `limit` recorded cycles since `from` and up to `to` (milliseconds, both included; left out: up to now),
   * oldest first; unreadable ones are left out.
   */
  runs(network: string, limit: number, from: number, to?: number): Promise<readonly Run[]>
}
