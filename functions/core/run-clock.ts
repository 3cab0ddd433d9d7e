/** The clocks of a machine; milliseconds. */
export interface Clocks {
  /** The wall clock, since 1970: it may be set, ahead or back, at any time. */
  readonly clock: () => number
  /** One that nobody sets, since whenever. */
  readonly monotonic: () => number
}

/** The time of one run, by a wall clock that may be set while it works. Milliseconds. */
export interface RunClock {
  /** The wall clock when the run started: the cycle's `now`. */
  readonly now: number
  /**
   * What the wall clock says, and never less than what it said at the start and the time that has passed since. So a run
   * whose clock is set back ends in its time and with its lease (behaviour §8.1), and one whose clock is set ahead takes
   * its lease for over, as everybody else does.
   */
  readonly clock: () => number
  /** The time that has passed, by a clock that nobody sets. */
  readonly elapsedMs: () => number
}

/** Starts the time of a run. */
export function startRunClock({ clock, monotonic }: Clocks): RunClock {
  const now = clock()
  const startedMs = monotonic()
  const elapsedMs = () => Math.max(0, monotonic() - startedMs)
  return { now, elapsedMs, clock: () => Math.max(clock(), Math.floor(now + elapsedMs())) }
}
