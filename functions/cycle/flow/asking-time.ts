import type { Ports } from '../ports/ports.ts'

/** After how many milliseconds all questions of a cycle to name servers end (behaviour §12). */
const allMs = 5_000

/** Milliseconds for the questions of a cycle, of which `leftMs` are left. */
export function askingMs(leftMs: number): number {
  return Math.min(allMs, leftMs)
}

/** Resolves when the work has ended, or time has; then its signal fires. `leftMs`: what is left of the cycle's time. */
export async function withinTime(
  leftMs: number,
  { sleep }: Pick<Ports, 'sleep'>,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const [ended, over] = [new AbortController(), new AbortController()]
  await Promise.race([work(ended.signal), sleep(askingMs(leftMs), over.signal)])
  over.abort()
  ended.abort()
}
