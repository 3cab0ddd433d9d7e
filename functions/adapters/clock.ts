import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Milliseconds since 1970, whole. */
export function clock(): number {
  return Date.now()
}

/** Resolves after so many milliseconds, or when the signal fires; never rejects and holds no process open by itself. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.max(0, ms))
    signal?.addEventListener('abort', done, { once: true })
  })
}

const resolutionMs = 2

/** Starts watching the event loop; the answer gives the worst delay so far in whole milliseconds, and stops watching. */
export function watchLag(): () => number {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  return () => {
    histogram.disable()
    return histogram.count === 0 ? 0 : Math.max(0, Math.round(histogram.max / 1e6) - resolutionMs)
  }
}
