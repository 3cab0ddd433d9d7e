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
import { invalidZones } from '../publication/zone-plan.ts'
import { changesOf, reasonsOf } from './changes.ts'
import type { DecideInput, Decision } from './decision.ts'
import { judgeAndSelect } from './judge-and-select.ts'
import { addressesOf, hourOf, movesOf, runOf } from './recording.ts'
import { generalWarnings } from './warnings.ts'

/** What follows from configuration, state and probes; same inputs, same answer (behaviour §3–§7). */
export function decide(given: DecideInput): Decision {
  const { network, probing, now, configuration = null } = given
  const before = { ...given.before, rotations: datedAnew(given.before.rotations, now) }
  const input = { ...given, before }
  const { participants, liveSet } = judgeAndSelect(network, before, probing, now)
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
    run: recorded ? runOf({ network, before, participants, live, probing, now, configuration }) : null,
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
