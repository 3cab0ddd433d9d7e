import { isMap } from '../domain/is-map.ts'

/** The map in a JSON text; null where it is not JSON (truncated, empty) or no map. */
export function jsonMap(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

/** No fetch takes a day: a longer time is damage. */
export const maxSeconds = 86_400

/** Milliseconds of a unix time in seconds (a number, or one as text), whole; null for what is none, or lies ahead. */
export function pastTime(value: unknown, now: number): number | null {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return null
  const ms = Math.floor(seconds * 1000)
  return ms <= now ? ms : null
}

/** How many of something could not be read, for the report; nothing where all could. */
export function countFault(bad: number, all: number, what: string): string[] {
  return bad === 0 ? [] : [`${bad} of ${all} ${what} cannot be read or are in the future: left out`]
}
