import { unchanged } from '../core/decision/settle.ts'
import { LeaseLost } from './ports/errors.ts'
import type { Lease, Ports } from './ports/ports.ts'
import type { Cycle } from './probe-and-decide.ts'

/** How long to wait before each further attempt: milliseconds. */
const pausesMs = [200, 400, 800]

/**
 * Frees the lease of a cycle that failed, and records that it failed (`why`: for the log), in what is left of the run's time. Never rejects: where
 * nothing helps, the lease ends by itself (behaviour §8.1).
 */
export async function freeLease({ ports, now, options, elapsedMs }: Cycle, lease: Lease, why: string): Promise<void> {
  const settled = { now, status: 'failed', why, live: null, rotations: null, records: unchanged }
  const hasTime = (pauseMs: number) => elapsedMs() + pauseMs < options.maxSeconds * 1000
  await persistently(() => ports.table.finish(lease, settled), ports, hasTime).catch(() => {
    // What the cycle failed for is told already.
  })
}

/**
 * Does what frees a lease, a few times if it has to. What is in the way may last a moment, and without this the next run would
 * be `locked` for a minute. Throws what the last attempt threw; without the lease there is nothing to free, and no second one.
 */
export async function persistently(
  work: () => Promise<void>,
  { sleep }: Pick<Ports, 'sleep'>,
  hasTime: (pauseMs: number) => boolean = () => true,
): Promise<void> {
  for (const pauseMs of pausesMs) {
    try {
      return await work()
    } catch (error) {
      if (error instanceof LeaseLost || !hasTime(pauseMs)) throw error
    }
    await sleep(pauseMs)
  }
  return work()
}
