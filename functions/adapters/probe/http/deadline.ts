import { waitingFor } from '../../time/waiting-for.ts'

/** Why a probe has to stop: its own time is over, or the cycle wants no more of it. */
export type Stop = 'timeout' | 'skipped'

export interface Deadline {
  readonly seconds: number
  /** Milliseconds that are left; 0 when it is over. */
  readonly leftMs: () => number
  /** Resolves when the probe has to stop; never rejects. */
  readonly stopped: Promise<Stop>
  /** Why it had to stop; null while it need not. */
  readonly reason: () => Stop | null
  readonly clear: () => void
}

/** One timer for a whole probe (behaviour §1.4), and one place among those who wait for the signal; both gone after `clear`. */
export function startDeadline(seconds: number, signal: AbortSignal): Deadline {
  const endsAt = performance.now() + seconds * 1000
  let reason: Stop | null = null
  let stop: (why: Stop) => void = () => {}
  const stopped = new Promise<Stop>(resolve => {
    stop = why => {
      reason ??= why
      resolve(reason)
    }
  })
  const skip = () => stop('skipped')
  const timer = setTimeout(() => stop('timeout'), seconds * 1000)
  const waiting = waitingFor(signal)
  waiting.add(skip)
  if (signal.aborted) skip()
  const clear = () => {
    clearTimeout(timer)
    waiting.delete(skip)
  }
  return { seconds, leftMs: () => Math.max(0, endsAt - performance.now()), stopped, reason: () => reason, clear }
}
