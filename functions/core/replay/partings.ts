import type { Settings } from '../config/settings.ts'
import { whyPlaced, without } from '../decision/changes.ts'
import { decidedEdges } from '../decision/decided-edges.ts'
import { isSameSet } from '../live-set/budget.ts'
import type { Change } from '../live-set/rotation.ts'
import type { Move } from './policy.ts'

/** A change of how a policy's live set differs from the recorded one. */
export interface Parting {
  /** Milliseconds: the cycle in which it begins. */
  readonly time: number
  /** For how many cycles in a row it stayed so. */
  cycles: number
  /** Live under the policy alone, with the policy's reason. */
  readonly in: readonly Change[]
  /** Live as it was alone, with the policy's reason for leaving it out. */
  readonly out: readonly Change[]
}

/** Partings are told in words only so far: the first ones say what a policy does. */
const maxTold = 20

/** Where a policy's live sets part from the recorded ones. */
export interface Partings {
  readonly compare: (time: number, move: Move, recorded: readonly string[], settings: Settings) => void
  /** The first ones, with reasons. */
  readonly told: readonly Parting[]
  /** How many cycles differ in all. */
  readonly cycles: () => number
  /** How many partings there are in all. */
  readonly count: () => number
}

/** Nothing has parted yet. */
export function createPartings(): Partings {
  const told: Parting[] = []
  let [cycles, count] = [0, 0]
  let last: { readonly coming: readonly string[]; readonly going: readonly string[] } = { coming: [], going: [] }
  return {
    compare: (time, move, recorded, settings) => {
      const coming = isSameSet(move.after, recorded) ? [] : without(move.after, recorded)
      const going = isSameSet(move.after, recorded) ? [] : without(recorded, move.after)
      const isNew = !isSameSet(coming, last.coming) || !isSameSet(going, last.going)
      last = { coming, going }
      if (coming.length + going.length === 0) return
      cycles++
      if (isNew) {
        count++
        if (told.length < maxTold) told.push(partingOf(time, move, coming, going, settings))
      } else if (count === told.length) (told.at(-1) as Parting).cycles++
    },
    told,
    cycles: () => cycles,
    count: () => count,
  }
}

function partingOf(
  time: number,
  { judged, after }: Move,
  coming: readonly string[],
  going: readonly string[],
  settings: Settings,
): Parting {
  const { participants, liveSet } = judged
  const { named } = decidedEdges(participants, { ...liveSet, live: after }, settings, false)
  const told = (edge: string) => ({ edge, reason: whyPlaced(edge, named) })
  return { time, cycles: 1, in: coming.map(told), out: going.map(told) }
}
