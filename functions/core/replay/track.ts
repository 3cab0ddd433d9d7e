import type { Settings } from '../config/settings.ts'
import type { Judgement } from '../domain/model.ts'
import type { Run } from '../history/run.ts'
import { isSameSet } from '../live-set/budget.ts'
import type { Alternative } from './alternatives.ts'
import { changed } from './keys.ts'
import { decideCycle, judgementIn, type Move, type Policy, type Turn } from './policy.ts'
import { createTally, type Metrics, type Tally } from './tally.ts'

/** The way of a live set through the cycles, for a chart. Times in milliseconds. */
export interface Course {
  /** Each live set with the cycle from which on it held. */
  readonly sets: readonly { readonly time: number; readonly live: readonly string[] }[]
  readonly rotations: readonly number[]
  /** By edge: the cycles in which it was live before and its probe failed. */
  readonly exposed: ReadonlyMap<string, readonly number[]>
}

/** What a policy came to. */
export interface Outcome {
  readonly metrics: Metrics
  readonly course: Course
}

/** What a cycle made of the live set, whoever decided it. */
export interface Made {
  readonly run: Run
  /** Until the next recorded cycle, at most two intervals. */
  readonly minutes: number
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly rotated: boolean
  readonly judgementOf: (edge: string) => Judgement | null
  readonly edgeCount: number
}

/** Writes down the way of one live set, cycle by cycle. */
export interface Track {
  readonly add: (made: Made) => void
  readonly outcome: () => Outcome
}

/** A track with no cycle in it. */
export function createTrack(): Track {
  const tally: Tally = createTally()
  const sets: { time: number; live: readonly string[] }[] = []
  const rotations: number[] = []
  return {
    add: ({ edgeCount, ...made }) => {
      const { run, after, rotated } = made
      const last = sets.at(-1)
      if (last === undefined || !isSameSet(last.live, after)) sets.push({ time: run.time, live: after })
      if (rotated) rotations.push(run.time)
      tally.add({ ...made, wanted: Math.min(edgeCount, run.roster.edges.length) })
    },
    outcome: () => ({ metrics: tally.metrics(), course: { sets, rotations, exposed: tally.exposed } }),
  }
}

/** A policy with its track. */
export interface Runner {
  readonly settingsOf: (settings: Settings) => Settings
  /** Decides a cycle and writes down what comes of it. `settings` of the turn: those without the policy's changes. */
  readonly run: (turn: Turn, minutes: number, expired: number) => Move
  readonly outcome: () => Outcome
}

/** A runner at the first cycle: with this live set, these rotations and these cycles behind it. */
export function createRunner(
  start: { readonly live: readonly string[]; readonly rotations: readonly number[]; readonly runs: readonly Run[] },
  alternative: Alternative | null,
): Runner {
  const policy: Policy = { ...start, runs: [...start.runs] }
  const track = createTrack()
  const made = new Map<Settings, Settings>()
  const settingsOf = (settings: Settings): Settings => {
    if (alternative === null) return settings
    const known = made.get(settings) ?? changed(settings, alternative.changes)
    made.set(settings, known)
    return known
  }
  let dropped = 0
  return {
    settingsOf,
    run: (turn, minutes, expired) => {
      policy.runs.splice(0, expired - dropped)
      dropped = expired
      const settings = settingsOf(turn.settings)
      const move = decideCycle(policy, { ...turn, settings })
      const { before, after, rotated } = move
      const { run } = turn.scene
      const judgementOf = judgementIn(move, run)
      track.add({ run, minutes, before, after, rotated, judgementOf, edgeCount: settings.edge_count })
      return move
    },
    outcome: track.outcome,
  }
}
