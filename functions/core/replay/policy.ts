import type { Network } from '../config/network.ts'
import type { Settings } from '../config/settings.ts'
import { type Judged, judgeAndSelect } from '../decision/judge-and-select.ts'
import { isFailure, type Judgement } from '../domain/model.ts'
import type { Sums } from '../history/history.ts'
import { placeOf, type Run, rejudged, unpackEntry } from '../history/run.ts'
import { isSameSet } from '../live-set/budget.ts'
import { withRotation } from '../live-set/rotation.ts'
import { type Before, neverPublished } from '../state/network-state.ts'
import type { Step } from './recorded.ts'
import type { Scene } from './scenes.ts'

/** A policy on its way through the recorded cycles: what it has made of them so far. */
export interface Policy {
  live: readonly string[]
  rotations: readonly number[]
  /** The cycles so far, as they would have been recorded under it; ascending. */
  readonly runs: Run[]
}

/** What a policy does in one cycle. */
export interface Move {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly rotated: boolean
  readonly judged: Judged
}

/** Everything that a policy needs for one cycle. */
export interface Turn {
  readonly network: Network
  readonly settings: Settings
  readonly scene: Scene
  readonly recorded: Step
  /** The live set that the recorded cycle before left; null for the first cycle. */
  readonly recordedBefore: readonly string[] | null
  readonly sums: Sums
}

const nothing: Omit<Before, 'live' | 'rotations' | 'history' | 'addresses' | 'orders' | 'freeze'> = {
  zones: new Map(),
  namedConf: neverPublished,
  liveList: neverPublished,
  pushed: new Map(),
  cycle: 0,
  warnings: [],
}

const noTotals = { edges: new Map(), canaries: new Map() }

/** Lets a policy decide a cycle by the very rules that cycles run (behaviour §13.1), and remembers what came of it. */
export function decideCycle(policy: Policy, turn: Turn): Move {
  const { scene, recorded, settings } = turn
  const { run } = scene
  adopt(policy, turn)
  const { live, rotations, runs } = policy
  const before: Before = {
    ...nothing,
    ...scene.given,
    live,
    rotations,
    history: { runs, ...noTotals, sums: turn.sums },
  }
  const network = { ...turn.network, edges: scene.edges, canaries: [], settings: withTimeoutOf(run, settings) }
  const judged = judgeAndSelect(network, before, scene.probing, run.time)
  const rotated = !recorded.isHeld && judged.liveSet.answer === 'rotate'
  const after = recorded.isHeld ? live : judged.liveSet.live
  policy.live = after
  if (rotated) policy.rotations = withRotation(rotations, run.time)
  runs.push(runUnder(run, judged, after))
  return { before: live, after, rotated, judged }
}

/** What an unrecorded cycle changed holds for anyone who had the same live set as was recorded. */
function adopt(policy: Policy, { recorded, recordedBefore }: Turn): void {
  if (recorded.adopted === null || recordedBefore === null || !isSameSet(policy.live, recordedBefore)) return
  policy.live = recorded.before
  for (const time of recorded.adopted.times) policy.rotations = withRotation(policy.rotations, time)
}

const withTimeout = new WeakMap<Settings, Map<number, Settings>>()

/** The settings with the timeout of the cycle, which its failed probes count as (behaviour §2.2). */
function withTimeoutOf(run: Run, settings: Settings): Settings {
  const micros = timeoutOf(run)
  if (micros === null) return settings
  const known = withTimeout.get(settings) ?? new Map<number, Settings>()
  withTimeout.set(settings, known)
  const made = known.get(micros) ?? { ...settings, timeout: micros / 1e6 }
  known.set(micros, made)
  return made
}

/** Microseconds; null where no probe failed and the cycle does not say. */
function timeoutOf({ timeoutMicros, entries }: Run): number | null {
  if (timeoutMicros !== null) return timeoutMicros
  for (const word of entries) {
    const entry = unpackEntry(word, null)
    if (entry !== null && isFailure(entry.outcome)) return entry.micros
  }
  return null
}

/** The cycle as it would have been recorded: the same samples, judged by this policy. The same run where nothing differs. */
function runUnder(run: Run, { participants }: Judged, live: readonly string[]): Run {
  const inSet = new Set(live)
  let entries: Uint32Array | null = null
  participants.edges.forEach(({ name, assessed }, at) => {
    const word = Number(run.entries[at])
    const made = rejudged(word, assessed.judgement, inSet.has(name))
    if (made === word) return
    entries ??= run.entries.slice()
    entries[at] = made
  })
  return entries === null ? run : { ...run, entries }
}

/** The judgement of an edge in a move of this cycle; null where it has none. */
export function judgementIn({ judged }: Move, { roster }: Run): (edge: string) => Judgement | null {
  // Those who take part are in the order of the roster.
  return edge => judged.participants.edges[placeOf(roster, 'edge', edge)]?.assessed.judgement ?? null
}
