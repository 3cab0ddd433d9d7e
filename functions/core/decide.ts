import type { Before, KnownAddress } from './before.ts'
import { datedAnew, withRotation } from './budget.ts'
import { changesOf, reasonsOf } from './changes.ts'
import type { Network } from './config/network.ts'
import type { Drift } from './drift.ts'
import { type LiveSet, liveSetOf } from './live-set.ts'
import { isRecorded, type Participants, type Probing, participantsOf } from './participants.ts'
import { invalidZones, type ReadBack } from './plan.ts'
import type { Foreign } from './publication/handover.ts'
import {
  type Publication,
  type PublicationContext,
  publicationOf,
  type Templates,
  zonesToPush,
  zonesToWrite,
} from './publication.ts'
import { addressesOf, type Hour, hourOf, movesOf, runOf } from './recording.ts'
import type { Change } from './report.ts'
import type { Run } from './run.ts'
import { generalWarnings } from './warnings.ts'

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

/** A rotation as it is recorded: who came and went, and why. */
export interface Rotation {
  /** Milliseconds. */
  readonly time: number
  readonly in: readonly Change[]
  readonly out: readonly Change[]
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

/** What follows from configuration, state and probes; same inputs, same answer (behaviour §3–§7). */
export function decide(given: DecideInput): Decision {
  const { network, probing, now } = given
  const before = { ...given.before, rotations: datedAnew(given.before.rotations, now) }
  const input = { ...given, before }
  const participants = participantsOf(network, before, probing, now)
  const liveSet = liveSetOf(participants.edges, before, network.settings, now)
  const context: PublicationContext = { ...input, participants, killed: probing.killed, blind: probing.blind }
  const planned = before.live === null || probing.blind ? null : publicationOf(decidedLive(liveSet), context)
  const status = statusOf(input, planned)
  const isRotation = status === 'ok' && liveSet.answer === 'rotate'
  const live = status === 'ok' ? liveSet.live : liveSet.recorded
  const settled: LiveSet = { ...liveSet, live }
  const reasons = reasonsOf(participants.edges, settled, network.settings, probing.blind)
  const changes = isRotation ? changesOf(participants.edges, settled, reasons) : null
  const waiting = planned === null ? publicationOf(liveSet.recorded, context) : null
  const recorded = isRecorded(probing)
  return {
    status,
    participants,
    liveSet: settled,
    publication: planned,
    invalid: planned === null ? invalidZones({ ...input, records: input.before.zones }) : new Map(),
    waiting: new Set(zonesToWrite(waiting?.zones ?? [])),
    waitingRecords: new Set(zonesToPush(waiting?.records ?? [])),
    run: recorded ? runOf({ network, before, participants, live, killed: probing.killed, now }) : null,
    hour: recorded ? hourOf(participants, before, now) : null,
    addresses: recorded ? addressesOf(network, participants, before, planned === null ? [] : live) : null,
    rotation: changes === null ? null : { time: now, ...changes },
    rotations: isRotation ? withRotation(before.rotations, now) : before.rotations,
    reasons,
    warnings: [
      ...generalWarnings({ input, participants, liveSet: settled, status, waiting }),
      ...(planned === null ? [] : [...movesOf(participants, before, live), ...planned.warnings]),
    ],
  }
}

/** The set to publish; empty where nobody can be live, whatever is recorded (behaviour §4.5). */
function decidedLive(liveSet: LiveSet): readonly string[] {
  return liveSet.decided.length === 0 ? [] : liveSet.live
}

function statusOf({ before, probing }: DecideInput, planned: Publication | null): Decision['status'] {
  if (probing.blind) return 'blind'
  if (before.live === null) return 'failed'
  return planned === null ? 'no_edges' : 'ok'
}
