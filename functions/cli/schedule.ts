/** Time as a schedule needs it; milliseconds. */
export interface Time {
  readonly clock: () => number
  /** Resolves after so many milliseconds, or when the signal fires. */
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
  { clock, sleep }: Time,
): Promise<void> {
  const first = clock()
  while (!stop.aborted && (await work())) {
    if (stop.aborted) return
    await sleep(nextStart(first, intervalMs, clock()) - clock(), stop)
  }
}

/** The first start after `now`; all in milliseconds. */
export function nextStart(first: number, intervalMs: number, now: number): number {
  return first + (Math.floor((now - first) / intervalMs) + 1) * intervalMs
}
