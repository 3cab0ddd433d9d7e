/** A range of the monitoring plugins' guidelines. A value alerts outside of it, or inside where `inside` is set. */
export interface NagiosRange {
  /** As it was written. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly inside: boolean
}

const number = String.raw`-?(?:\d+(?:\.\d*)?|\.\d+)`
const pattern = new RegExp(`^(@?)(?:(~|${number})?:)?(${number})?$`)

/** Reads `10`, `10:`, `~:10`, `10:20` or `@10:20`; null for anything else, and where the start is above the end. */
export function parseRange(text: string): NagiosRange | null {
  const found = pattern.exec(text)
  if (found === null) return null
  const [, at, low, high] = found
  if (low === undefined && high === undefined) return null
  const start = low === '~' ? Number.NEGATIVE_INFINITY : Number(low ?? 0)
  const end = high === undefined ? Number.POSITIVE_INFINITY : Number(high)
  return start > end ? null : { text, start, end, inside: at === '@' }
}

/** Whether a value raises the alert that a range stands for; no range, no alert. */
export function alerts(value: number, range: NagiosRange | null): boolean {
  if (range === null) return false
  const isWithin = value >= range.start && value <= range.end
  return isWithin === range.inside
}
