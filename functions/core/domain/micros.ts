/** Whole microseconds of this many seconds: the unit in which everything is compared (behaviour, "fetch time"). */
export function microsOf(seconds: number): number {
  return Math.round(seconds * 1e6)
}

/** Seconds as an operator reads them: "0.12 s", "3 s", "0.004 s". */
export function inSeconds(seconds: number): string {
  const digits = seconds >= 1 ? 1 : seconds >= 0.01 ? 2 : 3
  return `${Number(seconds.toFixed(digits))} s`
}
