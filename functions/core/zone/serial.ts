/** The serial for a publication at `nowMs` (milliseconds), given the last one given out, 0 if none (behaviour §7.3). */
export function nextSerial(nowMs: number, last: number): number {
  return Math.max(Math.floor(nowMs / 1000), last + 1)
}
