import type { Hour, HourAverages } from '../../core/history/hour.ts'
import type { Roster } from '../../core/history/run.ts'
import type { Total } from '../../core/history/total.ts'
import { timeOf } from './keys.ts'
import type { Item } from './rows.ts'

const headBytes = 8

/** Roster id, then for each member the running average in microseconds, 8 bytes (NaN: no samples). */
export function encodeHour(hour: Hour, roster: Roster, ttl: number): Item {
  const totals = [
    ...roster.edges.map(edge => hour.edges.get(edge)),
    ...roster.canaries.map(canary => hour.canaries.get(canary)),
  ]
  const bytes = Buffer.alloc(headBytes + totals.length * 8)
  bytes.write(roster.id, 0, 'hex')
  for (const [at, total] of totals.entries()) bytes.writeDoubleLE(averageMicros(total), headBytes + at * 8)
  return { d: { B: bytes }, ttl: { N: String(ttl) } }
}

function averageMicros(total: Total | undefined): number {
  return total === undefined ? Number.NaN : total.sumMicros / total.count
}

/** The roster id that an hour's item names; null if it names none. */
export function hourRosterOf(item: Item): string | null {
  const bytes = item.d?.B
  if (!(bytes instanceof Uint8Array) || bytes.length < headBytes || bytes.length % 8 !== 0) return null
  return Buffer.from(bytes.subarray(0, headBytes)).toString('hex')
}

/** The averages in an hour's item, given its roster; null if it cannot be read. */
export function decodeHour(item: Item, roster: Roster | undefined): HourAverages | null {
  const bytes = item.d?.B
  const time = timeOf(item.sk?.S ?? '')
  if (hourRosterOf(item) === null || bytes === undefined || roster === undefined || Number.isNaN(time)) return null
  const { edges, canaries } = roster
  if (bytes.length !== headBytes + (edges.length + canaries.length) * 8) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const averages = (names: readonly string[], first: number) =>
    new Map(
      names
        .map((name, at) => [name, view.getFloat64(headBytes + (first + at) * 8, true) / 1e6] as const)
        .filter(([, seconds]) => seconds >= 0),
    )
  return { time, edges: averages(edges, 0), canaries: averages(canaries, edges.length) }
}
