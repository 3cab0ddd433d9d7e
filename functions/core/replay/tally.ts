import { isFailure, isPassing, type Judgement } from '../domain/model.ts'
import { placeOf, type Run, unpackEntry } from '../history/run.ts'

/** What a policy came to over the replayed cycles (behaviour §13.3). */
export interface Metrics {
  readonly rotations: number
  /** Edges that were live before a cycle, are not after it, and are judged `fail` in it. */
  readonly evictions: number
  /** Edge-minutes for which failing edges were live. */
  readonly exposureMinutes: number
  /** Minutes with fewer passing live edges than wanted. */
  readonly shortMinutes: number
  /** Mean fetch time of the live edges, in seconds; null where none of them ever answered. */
  readonly fetchSeconds: number | null
}

/** What one cycle came to under a policy. */
export interface Passed {
  readonly run: Run
  /** Until the next recorded cycle, at most two intervals. */
  readonly minutes: number
  /** How many passing live edges there ought to be. */
  readonly wanted: number
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly rotated: boolean
  /** Null for an edge that was not judged. */
  readonly judgementOf: (edge: string) => Judgement | null
}

/** Counts cycle by cycle. */
export interface Tally {
  readonly add: (passed: Passed) => void
  readonly metrics: () => Metrics
  /** By edge: the times (milliseconds) of the cycles in which it was live before and its probe failed. */
  readonly exposed: ReadonlyMap<string, readonly number[]>
}

/** What is counted, and by edge when it was exposed. */
interface Counts {
  rotations: number
  evictions: number
  exposureMinutes: number
  shortMinutes: number
  fetchMicros: number
  fetches: number
  readonly exposed: Map<string, number[]>
}

/** A tally of nothing yet. */
export function createTally(): Tally {
  const none = { rotations: 0, evictions: 0, exposureMinutes: 0, shortMinutes: 0, fetchMicros: 0, fetches: 0 }
  const counts: Counts = { ...none, exposed: new Map() }
  return {
    add: passed => {
      if (passed.rotated) counts.rotations++
      countBefore(counts, passed)
      countAfter(counts, passed)
    },
    metrics: () => ({
      rotations: counts.rotations,
      evictions: counts.evictions,
      exposureMinutes: rounded(counts.exposureMinutes),
      shortMinutes: rounded(counts.shortMinutes),
      fetchSeconds: counts.fetches === 0 ? null : rounded(counts.fetchMicros / counts.fetches / 1e6),
    }),
    exposed: counts.exposed,
  }
}

function countBefore(counts: Counts, { run, minutes, before, after, judgementOf }: Passed): void {
  const still = new Set(after)
  for (const edge of before) {
    const entry = entryIn(run, edge)
    if (entry === null) continue
    if (isFailure(entry.outcome)) {
      counts.exposureMinutes += minutes
      expose(counts.exposed, edge, run.time)
    }
    if (!still.has(edge) && judgementOf(edge) === 'fail') counts.evictions++
  }
}

function expose(exposed: Map<string, number[]>, edge: string, time: number): void {
  const times = exposed.get(edge)
  if (times === undefined) exposed.set(edge, [time])
  else times.push(time)
}

function countAfter(counts: Counts, { run, minutes, wanted, after, judgementOf }: Passed): void {
  let passing = 0
  for (const edge of after) {
    const entry = entryIn(run, edge)
    if (isPassing(judgementOf(edge))) passing++
    if (entry?.outcome !== 'ok') continue
    counts.fetchMicros += entry.micros
    counts.fetches++
  }
  if (passing < wanted) counts.shortMinutes += minutes
}

function entryIn(run: Run, edge: string) {
  const word = run.entries[placeOf(run.roster, 'edge', edge)]
  return word === undefined ? null : unpackEntry(word, run.timeoutMicros)
}

/** Without the noise of adding fractions. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

/** The minutes of each cycle until the next, at most two intervals (seconds each); the last one counts for one interval. */
export function minutesOf(times: readonly number[], intervalSeconds: number): number[] {
  return times.map((time, at) => {
    const next = times[at + 1] ?? time + intervalSeconds * 1000
    return Math.min(next - time, 2 * intervalSeconds * 1000) / 60_000
  })
}
