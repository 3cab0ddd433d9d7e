import { byName } from '../domain/model.ts'

/** This many edges are fetched a second time in a cycle, at most. */
const maxAgain = 16

/** A fetch that was good, and how late the prober may have been itself. Microseconds. */
export interface Fetched {
  readonly name: string
  readonly micros: number
  /** What the fetch time must stay below: `goodenough`, for a live edge times `stay_factor` (behaviour §3). */
  readonly thresholdMicros: number
  /** How long this probe may have waited for the prober. */
  readonly lagMicros: number
  /** Member of the recorded live set. */
  readonly isLive: boolean
}

/** Who is fetched once more, and how many more there would have been. */
export interface NearMisses<T> {
  readonly again: readonly T[]
  readonly left: number
}

/**
 * The fetches that miss their threshold by less than the prober was late: live ones first, then those nearest to it,
 * then by name, 16 at most (behaviour §1.1).
 */
export function nearMissesOf<T extends Fetched>(fetched: readonly T[]): NearMisses<T> {
  const missedBy = (one: T) => one.micros - one.thresholdMicros
  const near = fetched
    .filter(one => missedBy(one) >= 0 && missedBy(one) < one.lagMicros)
    .sort((a, b) => Number(b.isLive) - Number(a.isLive) || missedBy(a) - missedBy(b) || byName(a.name, b.name))
  return { again: near.slice(0, maxAgain), left: Math.max(0, near.length - maxAgain) }
}
