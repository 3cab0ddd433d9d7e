import type { Total } from './total.ts'

export const hourMs = 3_600_000

/** The beginning of the hour in which a time lies, both in milliseconds. */
export function startOfHour(time: number): number {
  return Math.floor(time / hourMs) * hourMs
}

/** An hour's historical averages: the running totals at its first recorded cycle (behaviour §2.3). */
export interface Hour {
  /** Milliseconds, a whole hour. */
  readonly time: number
  readonly edges: ReadonlyMap<string, Total>
  readonly canaries: ReadonlyMap<string, Total>
}

/** An hour's historical averages as they are kept: seconds, not rounded; who had no samples is missing. */
export interface HourAverages {
  /** Milliseconds, a whole hour. */
  readonly time: number
  /** By name. */
  readonly edges: ReadonlyMap<string, number>
  /** By address. */
  readonly canaries: ReadonlyMap<string, number>
}
