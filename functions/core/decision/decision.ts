import type { Network } from '../config/network.ts'
import type { Hour } from '../history/hour.ts'
import type { Run } from '../history/run.ts'
import type { Participants, Probing } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import type { Rotation } from '../live-set/rotation.ts'
import type { Drift } from '../publication/drift.ts'
import type { Foreign } from '../publication/handover.ts'
import type { Publication } from '../publication/publication.ts'
import type { ReadBack } from '../publication/zone-basis.ts'
import type { ZonePlan } from '../publication/zone-plan.ts'
import type { RecordPlan } from '../route53/record-plan.ts'
import type { Before, KnownAddress } from '../state/network-state.ts'
import type { Templates } from '../zone/render.ts'
import type { DecidedEdge } from './decided-edges.ts'

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
  /** The hash of the configuration in force; left out: it is not known. */
  readonly configuration?: string | null
  /** What of the bucket is not as it was confirmed (behaviour §7.8); left out: nothing is known of. */
  readonly drift?: Drift
  /** By zone that is new to the network: what other networks say of it (behaviour §7.6); left out: nothing. */
  readonly foreign?: ReadonlyMap<string, Foreign>
}

/** What every cycle decides, whether anything is published or not. */
interface Decided {
  readonly participants: Participants<DecidedEdge>
  readonly liveSet: LiveSet
  /** Null where the cycle is not recorded. */
  readonly run: Run | null
  readonly hour: Hour | null
  readonly addresses: ReadonlyMap<string, KnownAddress> | null
  /** All rotation times to keep. */
  readonly rotations: readonly number[]
  readonly warnings: readonly string[]
}

/** A cycle that publishes. */
export interface PublishingDecision extends Decided {
  readonly status: 'ok'
  readonly publication: Publication
  /** Null where the live set stays as it is. */
  readonly rotation: Rotation | null
}

/** A cycle that publishes and changes nothing anywhere. */
export interface HoldingDecision extends Decided {
  /** `failed`: the recorded live set is lost and cannot be read back. */
  readonly status: 'blind' | 'no_edges' | 'failed'
  readonly rotation: null
  readonly heldBack: HeldBack
}

/** How the zones of a cycle stand that publishes nothing. */
export interface HeldBack {
  /** Zones that cannot be published, with the reason. */
  readonly invalid: ReadonlyMap<string, string>
  /** Zones that would be written if anything were published. */
  readonly zones: ReadonlySet<string>
  /** Zones whose records would be pushed then. */
  readonly records: ReadonlySet<string>
}

/** Everything a cycle decides: what to record, what to publish, and why. */
export type Decision = PublishingDecision | HoldingDecision

/** What is to happen to each zone; nothing where a cycle publishes nothing. */
export function zonePlansOf(decision: Decision): readonly ZonePlan[] {
  return decision.status === 'ok' ? decision.publication.zones : []
}

/** The record sets that a cycle looks after in Route 53, zone by zone; none where it publishes nothing. */
export function recordPlansOf(decision: Decision): readonly RecordPlan[] {
  return decision.status === 'ok' ? decision.publication.records : []
}
