import { aheadMs } from '../domain/limits.ts'
import { utcWords } from '../domain/time-words.ts'
import type { Run } from '../history/run.ts'

/** When the last cycle started that finished, and what an operator should know about that. */
export interface LastCycle {
  /** Milliseconds; null if none ever did, or if nobody can tell. */
  readonly time: number | null
  readonly warnings: readonly string[]
}

/**
 * The last cycle as it is to be taken. One that a wrong clock dated ahead of `now` would look fresh until that time comes,
 * though cycles may have stopped long before: the newest recorded cycle that is not dated ahead stands in for it. Times in
 * milliseconds; `runs`: oldest first.
 */
export function lastCycleOf(time: number | null, runs: readonly Run[], now: number): LastCycle {
  if (time === null || time <= now + aheadMs) return { time, warnings: [] }
  const warning = `the last cycle is dated ahead of the clock (${utcWords(time)}): a clock is wrong, or was`
  return { time: runs.at(-1)?.time ?? null, warnings: [warning] }
}
