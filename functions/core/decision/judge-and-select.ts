import type { Network } from '../config/network.ts'
import { type Participants, type Probing, participantsOf } from '../judgement/participants.ts'
import { type LiveSet, liveSetOf } from '../live-set/live-set.ts'
import type { Before } from '../state/network-state.ts'

/** What behaviour §3 to §5 make of a cycle: everyone judged, and the live set that follows. */
export interface Judged {
  readonly participants: Participants
  readonly liveSet: LiveSet
}

/**
 * Judgement, selection, budget and freeze of one cycle at `now` (milliseconds), for what decides and for what looks back:
 * the same settings, state and probes give the same answer. Publication is not its business.
 */
export function judgeAndSelect(network: Network, before: Before, probing: Probing, now: number): Judged {
  const participants = participantsOf(network, before, probing, now)
  return { participants, liveSet: liveSetOf(participants, before, network.settings, now) }
}
