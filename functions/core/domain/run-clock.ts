import { clockSkewMs } from './limits.ts'

/** The clocks of a machine; milliseconds. */
export interface Clocks {
  /** The wall clock, since 1970: it may be set, ahead or back, at any time. */
  readonly clock: () => number
  /** A monotonic one, from any beginning. */
  readonly monotonic: () => number
}

/** The time of one run, by a wall clock that may be set while it works. Milliseconds. */
export interface RunClock {
  /** The wall clock when the run started: the cycle's `now`. */
  readonly now: number
  /**
   * What the wall clock says, and never less than what it said at the start and the time that has passed since: a run whose
   * clock is set back a little ends in its time and with its lease (behaviour §8.1), and one whose clock is set ahead takes
   * its lease for over, as everybody else does. Infinity after the clock was set back so far that others take the lease for
   * one that a wrong clock gave: this run must not go on either.
   */
  readonly clock: () => number
  /** The time that has passed, by a monotonic clock. */
  readonly elapsedMs: () => number
}

/** Starts the time of a run. */
export function startRunClock({ clock, monotonic }: Clocks): RunClock {
  const now = clock()
  const startedMs = monotonic()
  const elapsedMs = () => Math.max(0, monotonic() - startedMs)
  let isSetBack = false
  const runClock = () => {
    const wall = clock()
    const expected = Math.floor(now + elapsedMs())
    isSetBack ||= wall < expected - clockSkewMs
    return isSetBack ? Number.POSITIVE_INFINITY : Math.max(wall, expected)
  }
  return { now, elapsedMs, clock: runClock }
}
