import { isRecorded } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import { datedAnew, withRotation } from '../live-set/rotation.ts'
import {
  type Publication,
  type PublicationContext,
  publicationOf,
  zonesToPush,
  zonesToWrite,
} from '../publication/publication.ts'
import { invalidZones } from '../publication/zone-basis.ts'
import { changesOf } from './changes.ts'
import { decidedEdges } from './decided-edges.ts'
import type { DecideInput, Decision, HoldingDecision, PublishingDecision } from './decision.ts'
import { type Judged, judgeAndSelect } from './judge-and-select.ts'
import { addressesOf, hourOf, movesOf, runOf } from './recording.ts'
import { generalWarnings } from './warnings.ts'

/** What follows from configuration, state and probes; same inputs, same answer (behaviour §3–§7). */
export function decide(given: DecideInput): Decision {
  const { network, probing, now } = given
  const before = { ...given.before, rotations: datedAnew(given.before.rotations, now) }
  const input = { ...given, before }
  const judged = judgeAndSelect(network, before, probing, now)
  const { participants, liveSet } = judged
  const context: PublicationContext = { ...input, participants, killed: probing.killed, blind: probing.blind }
  if (probing.blind) return hold('blind', input, judged, context)
  if (before.live === null) return hold('failed', input, judged, context)
  const publication = publicationOf(decidedLive(liveSet), context)
  return publication === null ? hold('no_edges', input, judged, context) : publish(publication, input, judged)
}

/** The set to publish; empty where nobody can be live, whatever is recorded (behaviour §4.5). */
function decidedLive(liveSet: LiveSet): readonly string[] {
  return liveSet.decided.length === 0 ? [] : liveSet.live
}

function publish(publication: Publication, input: DecideInput, judged: Judged): PublishingDecision {
  const { network, before, now } = input
  const { liveSet } = judged
  const isRotation = liveSet.answer === 'rotate'
  const participants = decidedEdges(judged.participants, liveSet, network.settings, false)
  return {
    status: 'ok',
    participants,
    liveSet,
    publication,
    ...recordedIn(input, participants, { isPublishing: true }),
    rotation: isRotation ? { time: now, ...changesOf(participants, liveSet) } : null,
    rotations: isRotation ? withRotation(before.rotations, now) : before.rotations,
    warnings: [
      ...generalWarnings({ input, participants, liveSet, status: 'ok', waiting: null }),
      ...movesOf(participants),
      ...publication.warnings,
    ],
  }
}

/** The live set stays as it was recorded, and nothing is published. */
function hold(
  status: HoldingDecision['status'],
  input: DecideInput,
  judged: Judged,
  context: PublicationContext,
): HoldingDecision {
  const { network, before, probing } = input
  const liveSet = { ...judged.liveSet, live: judged.liveSet.recorded }
  const participants = decidedEdges(judged.participants, liveSet, network.settings, probing.blind)
  const waiting = publicationOf(liveSet.recorded, context)
  return {
    status,
    participants,
    liveSet,
    heldBack: {
      invalid: invalidZones({ ...input, records: before.zones }),
      zones: new Set(zonesToWrite(waiting?.zones ?? [])),
      records: new Set(zonesToPush(waiting?.records ?? [])),
    },
    ...recordedIn(input, participants, { isPublishing: false }),
    rotation: null,
    rotations: before.rotations,
    warnings: generalWarnings({ input, participants, liveSet, status, waiting }),
  }
}

/** What a cycle leaves behind of its edges: samples, and the addresses of host names. */
function recordedIn(
  input: DecideInput,
  participants: Decision['participants'],
  { isPublishing }: { isPublishing: boolean },
): Pick<Decision, 'run' | 'hour' | 'addresses'> {
  const { network, before, probing, now, configuration = null } = input
  if (!isRecorded(probing)) return { run: null, hour: null, addresses: null }
  return {
    run: runOf({ network, before, participants, probing, now, configuration }),
    hour: hourOf(participants, before, now),
    addresses: addressesOf(participants, isPublishing),
  }
}
