/** A sum of samples; whole microseconds, so that sums are exact in any order. */
export interface Total {
  readonly sumMicros: number
  readonly count: number
}

export const noSamples: Total = { sumMicros: 0, count: 0 }

/** A total with one more sample. */
export function plus(total: Total, micros: number): Total {
  return { sumMicros: total.sumMicros + micros, count: total.count + 1 }
}

/** Whether the mean of `a` is below that of `b`, equal or above: -1, 0, 1, exactly; no samples come last. */
export function compareMeans(a: Total, b: Total): number {
  if (a.count === 0 || b.count === 0) return Math.sign(Number(a.count === 0) - Number(b.count === 0))
  return Math.sign(a.sumMicros * b.count - b.sumMicros * a.count)
}

/** The mean in seconds, not rounded; null without samples. */
export function meanSeconds(total: Total): number | null {
  return total.count === 0 ? null : total.sumMicros / total.count / 1e6
}
