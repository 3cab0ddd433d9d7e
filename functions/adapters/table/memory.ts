import type { History } from '../../core/history/history.ts'
import type { KnownAddress, Published, Pushed, Seen, ZoneRecord } from '../../core/state/network-state.ts'

/** What a warm function keeps of a network, as it was when `version` had written last. Nothing in it is changed in place. */
export interface Memory {
  readonly version: string
  readonly history: History
  /** How many runs `history` may hold. */
  readonly reach: number
  /** How often the clock has gone back, as the next run is recorded. */
  readonly era: number
  /** Milliseconds: from then on one of these samples is past its time, and they have to be read again. */
  readonly staleAt: number
  /** The rosters that are surely in the table. */
  readonly rosters: ReadonlySet<string>
  readonly addresses: ReadonlyMap<string, KnownAddress>
  readonly liveId: string | null
  readonly live: readonly string[] | null
  readonly rotations: readonly number[]
  readonly zones: ReadonlyMap<string, ZoneRecord>
  readonly namedConf: Published
  readonly liveList: Published
  readonly manifest: Published
  readonly pushed: ReadonlyMap<string, Pushed>
  readonly seen: Seen
}
