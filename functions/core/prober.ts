import type { Settings } from './config/settings.ts'
import { inSeconds } from './micros.ts'

/** The prober is too slow for its work where it is late by this share of `goodenough` again and again. */
const tooLate = 0.5

/** How busy the prober was itself. */
export interface Prober {
  /** The event loop's worst delay, in whole milliseconds. */
  readonly lagMs: number
  /** A delay that it had three times at least. */
  readonly oftenLagMs: number
  /** Edges that may have missed `goodenough` for that reason, and were too many to be fetched once more. */
  readonly unsure: number
}

/** What an operator should know about the prober itself; each a sentence. */
export function proberWarnings(prober: Prober, { goodenough, workers }: Settings): string[] {
  const isSlow = prober.oftenLagMs >= goodenough * 1000 * tooLate
  const late = `the prober was busy itself, up to ${inSeconds(prober.lagMs / 1000)} late where goodenough is ${inSeconds(goodenough)}`
  const cure = `give the function more memory (and so more of a processor), or lower workers (${workers})`
  return [
    ...(isSlow ? [`${late}: ${cure}`] : []),
    ...(prober.unsure > 0
      ? [`${prober.unsure} more edges may have missed goodenough only because the prober was busy: ${cure}`]
      : []),
  ]
}
