import { aheadMs } from './limits.ts'

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const

/** A time span as a person reads it, its two greatest units: "12 s", "4 m 10 s", "1 h 12 m", "3 d 4 h". Milliseconds. */
export function spanWords(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000))
  const parts: string[] = []
  for (const [unit, seconds] of units) {
    const count = Math.floor(rest / seconds)
    rest -= count * seconds
    if (count > 0) parts.push(`${count} ${unit}`)
    // "3 d 20 s" says no more than "3 d".
    else if (parts.length > 0) break
    if (parts.length === 2) break
  }
  return parts.join(' ') || '0 s'
}

/** "4 m 10 s ago"; what is dated ahead of `now` is said to be. Both in milliseconds. */
export function agoWords(ms: number, now: number): string {
  return ms > now + aheadMs ? `dated ${spanWords(ms - now)} ahead by a wrong clock` : `${spanWords(now - ms)} ago`
}

/** A moment (milliseconds) as every text for people has it: "2026-11-24 16:00:05 UTC". */
export function utcWords(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
}

/** "expires in 1 h 12 m", "does not expire", "expired 5 m ago"; both in milliseconds, null for never. */
export function expiryWords(expires: number | null, now: number): string {
  if (expires === null) return 'does not expire'
  return expires > now ? `expires in ${spanWords(expires - now)}` : `expired ${spanWords(now - expires)} ago`
}

/** How a sentence goes on about something that is held until then (milliseconds); nothing where that is not known. */
export function untilWords(until: number | null): string {
  return until === null ? '' : ` until ${utcWords(until)}`
}

/** A moment (milliseconds) as JSON has it: ISO 8601 in UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
