import type { Ports } from '../ports/ports.ts'

/** Work that was told to end gets so long to do so. */
const graceMs = 250

/** One word that ends a group of things under way. */
export interface Stop {
  readonly signal: AbortSignal
  /** Why it has to end, in words; null while it need not. */
  readonly why: () => string | null
  /** Fires the signal; only the first reason counts. */
  readonly end: (why: string) => void
  /** Resolves when whoever has not ended by then is not waited for any more; never rejects. */
  readonly late: Promise<void>
}

/** A stop for a group that is all over, whatever happened, when `done` fires. */
export function createStop(sleep: Ports['sleep'], done: AbortSignal): Stop {
  const controller = new AbortController()
  let reason: string | null = null
  let giveUp: () => void = () => {}
  const late = new Promise<void>(resolve => {
    giveUp = resolve
  })
  const end = (why: string) => {
    if (reason !== null || done.aborted) return
    reason = why
    controller.abort()
    void sleep(graceMs, done).then(giveUp)
  }
  return { signal: controller.signal, why: () => reason, end, late }
}
