import { isoTime } from '../domain/time-words.ts'

/** A time that an order ends at (milliseconds), or why the text is none. */
export type Expiry = { readonly ms: number } | { readonly fault: string }

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** Extended or basic, with or without seconds and their fraction; the zone is Z, hours, or hours and minutes. */
const isoPattern =
  /^(\d{4})(-?)(\d\d)\2(\d\d)T(\d\d)(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/

/**
 * Reads `90s`, `15m`, `2h`, `3d` or an ISO 8601 time with a zone; it must lie in the future and at most a year ahead
 * (contract, "configure"). `now`: milliseconds.
 */
export function readExpiry(text: string, now: number): Expiry {
  const ms = momentOf(text, now)
  if (ms === null)
    return { fault: `expires '${text}' is neither a span (90s, 15m, 2h, 3d) nor an ISO 8601 time with a zone` }
  if (ms <= now) return { fault: `expires '${text}' is not in the future` }
  if (ms > yearAfter(now)) return { fault: `expires '${text}' is more than a year ahead` }
  return { ms }
}

function momentOf(text: string, now: number): number | null {
  const span = /^(\d{1,10})([smhd])$/.exec(text)
  if (span !== null) return now + Number(span[1]) * unitMs[span[2] as keyof typeof unitMs]
  const iso = isoPattern.exec(text)
  if (iso === null) return null
  const [, year, , month, day, hour, , minute, second = '00', fraction = '0', sign, hours = '0', minutes = '0'] = iso
  const start = `${year}-${month}-${day}T${hour}:${minute}`
  const local = Date.parse(`${start}:${second}.${fraction}Z`)
  // The calendar forgives 30 February, and makes it 2 March; nobody who means an end means that.
  if (Number.isNaN(local) || !isoTime(local).startsWith(start)) return null
  if (Number(hours) > 14 || Number(minutes) > 59) return null
  const offsetMs = Number(hours) * unitMs.h + Number(minutes) * unitMs.m
  return sign === '-' ? local + offsetMs : local - offsetMs
}

function yearAfter(now: number): number {
  const date = new Date(now)
  return date.setUTCFullYear(date.getUTCFullYear() + 1)
}
