import { waitingFor } from './waiting-for.ts'

/** Milliseconds since 1970, whole. */
export function clock(): number {
  return Date.now()
}

/** Milliseconds of a monotonic clock: what a span is measured by. */
export function monotonic(): number {
  return performance.now()
}

/** A timer set for longer than this would fire at once. */
const maxTimerMs = 2 ** 31 - 1

/**
 * Resolves after this many milliseconds, or when the signal fires; never rejects. Never early, by the monotonic clock:
 * a timer alone may fire up to a millisecond too soon, and the pace of probes (behaviour §1.1) hangs on it. Up to a
 * millisecond late where nothing else is.
 */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const due = performance.now() + ms
  const waiting = signal === undefined || signal.aborted ? null : waitingFor(signal)
  return new Promise(resolve => {
    let timer: NodeJS.Timeout | undefined
    const done = () => {
      clearTimeout(timer)
      waiting?.delete(done)
      resolve()
    }
    const wait = () => {
      const left = due - performance.now()
      if (!(left > 0) || signal?.aborted) return done()
      timer = setTimeout(wait, Math.min(Math.ceil(left), maxTimerMs))
    }
    waiting?.add(done)
    wait()
  })
}
