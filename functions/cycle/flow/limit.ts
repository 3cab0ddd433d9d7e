import type { Ports } from '../ports/ports.ts'

/**
 * The work's outcome, or a rejection where it has none within `seconds`: a run ends itself (behaviour §8.1). What
 * is under way then goes on by itself; its writes to the table end with the lease.
 */
export async function withinSeconds<T>(seconds: number, work: Promise<T>, { sleep }: Pick<Ports, 'sleep'>): Promise<T> {
  const limit = new AbortController()
  const overrun = sleep(seconds * 1000, limit.signal).then(() => {
    throw new Error(`the run was ended: it took longer than ${seconds} s`)
  })
  try {
    return await Promise.race([work, overrun])
  } finally {
    limit.abort()
  }
}

/** A signal that fires after this many milliseconds, whatever fraction they have; after one at the least. */
export function signalAfter(ms: number): AbortSignal {
  return AbortSignal.timeout(Math.max(1, Math.ceil(ms)))
}
