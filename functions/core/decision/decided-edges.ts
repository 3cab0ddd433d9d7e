import type { Settings } from '../config/settings.ts'
import { listed, type Participant, type Participants } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import type { Rule } from '../live-set/select.ts'
import { reasonOf } from './reason.ts'

/** An edge with where it is after this cycle, and why. */
export interface DecidedEdge extends Participant {
  /** Member of the live set that this cycle leaves. */
  readonly isLive: boolean
  readonly reason: string
}

/** The participants with the place that this live set gives to each edge. `blind`: nothing was judged. */
export function decidedEdges(
  { edges, canaries }: Participants,
  liveSet: LiveSet,
  settings: Settings,
  blind: boolean,
): Participants<DecidedEdge> {
  const live = new Set(liveSet.live)
  const decided = edges.map((edge): DecidedEdge => {
    const isLive = live.has(edge.name)
    const reason = blind ? notJudged : reasonFor(edge, isLive, liveSet, settings)
    return { ...edge, isLive, reason }
  })
  return { ...listed(decided), canaries }
}

const notJudged = 'not judged: no reference answered, so the prober itself may be cut off'

function reasonFor(edge: Participant, isLive: boolean, { rules, held }: LiveSet, settings: Settings): string {
  const { assessed, order, wasIn, verdict } = edge
  const rule = rules.get(edge.name) as Rule
  const isHeld = (rule.state === 'in') !== isLive
  return reasonOf({ assessed, order, rule, settings, wasIn, verdict, held: isHeld ? heldWords(isLive, held) : null })
}

function heldWords(isLive: boolean, held: string | null): string {
  const why = held ?? 'nothing is published in this cycle'
  return isLive ? `stays live, because ${why}` : `does not come in, because ${why}`
}
