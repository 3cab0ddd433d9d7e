import type { Settings } from '../config/settings.ts'
import { byName } from '../domain/model.ts'
import { noSamples } from '../history/total.ts'
import type { Participant } from '../judgement/participants.ts'
import type { LiveSet } from '../live-set/live-set.ts'
import type { Change } from '../live-set/rotation.ts'
import type { Rule } from '../live-set/select.ts'
import { changeReason, reasonOf } from './reason.ts'

/** Why each edge is where it is after this cycle, by name. `blind`: nothing was judged. */
export function reasonsOf(
  edges: readonly Participant[],
  liveSet: LiveSet,
  settings: Settings,
  blind: boolean,
): Map<string, string> {
  const live = new Set(liveSet.live)
  return new Map(
    edges.map(edge => {
      if (blind) return [edge.name, 'not judged: no reference answered, so the prober itself may be cut off']
      const rule = liveSet.rules.get(edge.name) as Rule
      const isIn = live.has(edge.name)
      const held = (rule.state === 'in') === isIn ? null : heldWords(isIn, liveSet.held)
      const { assessed, order, wasIn, verdict } = edge
      return [edge.name, reasonOf({ assessed, order, rule, settings, wasIn, verdict, held })]
    }),
  )
}

function heldWords(isIn: boolean, held: string | null): string {
  const why = held ?? 'nothing is published in this cycle'
  return isIn ? `stays live, because ${why}` : `does not come in, because ${why}`
}

/** Who comes and who goes when the live set replaces the recorded one, with the reason for each. */
export function changesOf(
  edges: readonly Participant[],
  liveSet: LiveSet,
  reasons: ReadonlyMap<string, string>,
): { in: Change[]; out: Change[] } {
  const coming = without(liveSet.live, liveSet.recorded)
  const going = without(liveSet.recorded, liveSet.live)
  const averages = new Map(edges.map(edge => [edge.name, edge.assessed.all]))
  const change = (edge: string, other: string | undefined, side: 'in' | 'out'): Change => {
    const reason = reasons.get(edge) ?? 'no longer in the edge list'
    return { edge, reason: changeReason(reason, other, averages.get(other ?? '') ?? noSamples, side) }
  }
  return {
    in: coming.map((edge, at) => change(edge, going[at], 'in')),
    out: going.map((edge, at) => change(edge, coming[at], 'out')),
  }
}

/** The names that are in the first list and not in the second, sorted. */
export function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others)
  return names.filter(name => !known.has(name)).sort(byName)
}
