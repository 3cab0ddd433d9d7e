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
import { changesOf, reasonsOf } from './changes.ts'
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

function publish(publication: Publication, input: DecideInput, { participants, liveSet }: Judged): PublishingDecision {
  const { network, before, now } = input
  const isRotation = liveSet.answer === 'rotate'
  const reasons = reasonsOf(participants.edges, liveSet, network.settings, false)
  const changes = isRotation ? changesOf(participants.edges, liveSet, reasons) : null
  return {
    status: 'ok',
    participants,
    liveSet,
    publication,
    ...recordedIn(input, { participants, liveSet }),
    addresses: isRecorded(input.probing) ? addressesOf(network, participants, before, liveSet.live) : null,
    rotation: changes === null ? null : { time: now, ...changes },
    rotations: isRotation ? withRotation(before.rotations, now) : before.rotations,
    reasons,
    warnings: [
      ...generalWarnings({ input, participants, liveSet, status: 'ok', waiting: null }),
      ...movesOf(participants, before, liveSet.live),
      ...publication.warnings,
    ],
  }
}

/** The live set stays as it was recorded, and nothing is published. */
function hold(
  status: HoldingDecision['status'],
  input: DecideInput,
  { participants, liveSet: selected }: Judged,
  context: PublicationContext,
): HoldingDecision {
  const { network, before, probing } = input
  const liveSet = { ...selected, live: selected.recorded }
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
    ...recordedIn(input, { participants, liveSet }),
    addresses: isRecorded(probing) ? addressesOf(network, participants, before, []) : null,
    rotation: null,
    rotations: before.rotations,
    reasons: reasonsOf(participants.edges, liveSet, network.settings, probing.blind),
    warnings: generalWarnings({ input, participants, liveSet, status, waiting }),
  }
}

/** The samples that a cycle leaves behind. */
function recordedIn(input: DecideInput, { participants, liveSet: { live } }: Judged): Pick<Decision, 'run' | 'hour'> {
  const { network, before, probing, now, configuration = null } = input
  if (!isRecorded(probing)) return { run: null, hour: null }
  return {
    run: runOf({ network, before, participants, live, probing, now, configuration }),
    hour: hourOf(participants, before, now),
  }
}
