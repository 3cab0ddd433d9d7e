import type { Kind } from '../history.ts'
import type { OriginalSample } from './edge-store.ts'

/**
 * The original dates every fetch by itself. Within a cycle the next date is some 10 seconds away at most, when all its
 * workers wait for edges that hang; between two cycles, which start a minute apart, more.
 */
export const longestPauseMs = 15_000

/** One edge or canary with its samples, by time. */
export interface Series {
  readonly kind: Kind
  readonly name: string
  readonly samples: readonly OriginalSample[]
}

/** The fetches of one cycle of the original. */
export interface OriginalCycle {
  /** The date of its first fetch in milliseconds, by which it is recorded; no two cycles have the same. */
  readonly time: number
  /** The date of its last fetch. */
  last: number
  readonly edges: ReadonlyMap<string, OriginalSample>
  readonly canaries: ReadonlyMap<string, OriginalSample>
}

/**
 * Puts fetches together into the cycles they were made in, by time: a new one begins after a longer pause, or with an
 * edge that has been fetched in this one already.
 */
export function cyclesOf(all: readonly Series[]): OriginalCycle[] {
  const fetches = all.flatMap(({ kind, name, samples }) => samples.map(sample => ({ kind, name, sample })))
  fetches.sort((a, b) => a.sample.time - b.sample.time)
  const cycles: OriginalCycle[] = []
  let open = { edge: new Map<string, OriginalSample>(), canary: new Map<string, OriginalSample>() }
  for (const { kind, name, sample } of fetches) {
    const cycle = cycles.at(-1)
    if (cycle === undefined || sample.time - cycle.last > longestPauseMs || open[kind].has(name)) {
      open = { edge: new Map(), canary: new Map() }
      const time = Math.max(sample.time, (cycle?.time ?? 0) + 1)
      cycles.push({ time, last: sample.time, edges: open.edge, canaries: open.canary })
    } else {
      cycle.last = sample.time
    }
    open[kind].set(name, sample)
  }
  return cycles
}
