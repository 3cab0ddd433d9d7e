import type { Network } from '../config/network.ts'
import type { Hour } from '../history/hour.ts'
import type { Run } from '../history/run.ts'
import type { Participants, Probing } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import type { Rotation } from '../live-set/rotation.ts'
import type { Drift } from '../publication/drift.ts'
import type { Foreign } from '../publication/handover.ts'
import type { Publication } from '../publication/publication.ts'
import type { ReadBack } from '../publication/zone-plan.ts'
import type { Before, KnownAddress } from '../state/network-state.ts'
import type { Templates } from '../zone/render.ts'

export interface DecideInput {
  readonly network: Network
  readonly before: Before
  readonly probing: Probing
  /** Published zones that had to be read back (behaviour §7.5, §8.5). */
  readonly readBack: ReadonlyMap<string, ReadBack>
  readonly templates: Templates
  /** Milliseconds: the cycle's start. */
  readonly now: number
  readonly forceUpdate: boolean
  /** What of the bucket is not as it was confirmed (behaviour §7.8); left out: nothing is known of. */
  readonly drift?: Drift
  /** By zone that is new to the network: what other networks say of it (behaviour §7.6); left out: nothing. */
  readonly foreign?: ReadonlyMap<string, Foreign>
}

/** Everything a cycle decides: what to record, what to publish, and why. */
export interface Decision {
  /** `failed`: the recorded live set is lost and cannot be read back. */
  readonly status: 'ok' | 'blind' | 'no_edges' | 'failed'
  readonly participants: Participants
  readonly liveSet: LiveSet
  /** Null: nothing is published or changed anywhere. */
  readonly publication: Publication | null
  /** Zones that cannot be published, with the reason, where nothing is published; else their plans tell. */
  readonly invalid: ReadonlyMap<string, string>
  /** Zones that would be written if anything were published in this cycle. */
  readonly waiting: ReadonlySet<string>
  /** Zones whose records would be pushed then. */
  readonly waitingRecords: ReadonlySet<string>
  /** Null where the cycle is not recorded. */
  readonly run: Run | null
  readonly hour: Hour | null
  readonly addresses: ReadonlyMap<string, KnownAddress> | null
  /** Null where the live set stays as it is. */
  readonly rotation: Rotation | null
  /** All rotation times to keep. */
  readonly rotations: readonly number[]
  /** Why each edge is where it is. */
  readonly reasons: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
}
