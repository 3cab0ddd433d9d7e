import { byName } from '../domain/model.ts'
import { noSamples } from '../history/total.ts'
import type { Participants } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import type { Change } from '../live-set/rotation.ts'
import type { DecidedEdge } from './decided-edges.ts'
import { changeReason } from './reason.ts'

/** Who comes and who goes when the live set replaces the recorded one, with the reason for each. */
export function changesOf(
  { named }: Pick<Participants<DecidedEdge>, 'named'>,
  { live, recorded }: Pick<LiveSet, 'live' | 'recorded'>,
): { in: Change[]; out: Change[] } {
  const coming = without(live, recorded)
  const going = without(recorded, live)
  const change = (edge: string, other: string | undefined, side: 'in' | 'out'): Change => {
    const otherAverage = named.get(other ?? '')?.assessed.all ?? noSamples
    return { edge, reason: changeReason(whyPlaced(edge, named), other, otherAverage, side) }
  }
  return {
    in: coming.map((edge, at) => change(edge, going[at], 'in')),
    out: going.map((edge, at) => change(edge, coming[at], 'out')),
  }
}

/** Why this edge is where it is after the cycle; a member of the live set may have left the edge list. */
export function whyPlaced(edge: string, named: Participants<DecidedEdge>['named']): string {
  return named.get(edge)?.reason ?? 'no longer in the edge list'
}

/** The names that are in the first list and not in the second, sorted. */
export function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return names.filter(name => !known.has(name)).sort(byName)
}
