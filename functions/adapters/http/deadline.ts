/** Why a probe has to stop: its own time is over, or the cycle wants no more of it. */
export type Stop = 'timeout' | 'skipped'

export interface Deadline {
  readonly seconds: number
  /** Resolves when the probe has to stop; never rejects. */
  readonly stopped: Promise<Stop>
  /** Why it had to stop; null while it need not. */
  readonly reason: () => Stop | null
  readonly clear: () => void
}

/** One timer and one listener for a whole probe (behaviour §1.4). */
export function startDeadline(ms: number, signal: AbortSignal): Deadline {
  let reason: Stop | null = null
  let stop: (why: Stop) => void = () => {}
  const stopped = new Promise<Stop>(resolve => {
    stop = why => {
      reason ??= why
      resolve(reason)
    }
  })
  const skip = () => stop('skipped')
  const timer = setTimeout(() => stop('timeout'), ms)
  signal.addEventListener('abort', skip, { once: true })
  if (signal.aborted) skip()
  const clear = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', skip)
  }
  return { seconds: ms / 1000, stopped, reason: () => reason, clear }
}
