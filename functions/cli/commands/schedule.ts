/** Time as a schedule needs it; milliseconds. */
export interface Time {
  /** A monotonic clock: a wall clock that is set would end a wait too soon, or in an hour. */
  readonly monotonic: () => number
  /** Resolves after this many milliseconds, or when the signal fires. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/**
 * Does the work now and then at fixed intervals, counted from the first start, until it answers false or the signal
 * fires. Work never overlaps: a start that falls into it is left out.
 */
export async function atIntervals(
  intervalMs: number,
  work: () => Promise<boolean>,
  stop: AbortSignal,
  { monotonic, sleep }: Time,
): Promise<void> {
  const first = monotonic()
  while (!stop.aborted && (await work())) {
    if (stop.aborted) return
    const now = monotonic()
    await sleep(nextStart(first, intervalMs, now) - now, stop)
  }
}

/** The first start after `now`; all in milliseconds. */
export function nextStart(first: number, intervalMs: number, now: number): number {
  return first + (Math.floor((now - first) / intervalMs) + 1) * intervalMs
}
