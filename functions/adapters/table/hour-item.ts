import type { Total } from '../../core/history.ts'
import type { Hour } from '../../core/recording.ts'
import type { Roster } from '../../core/run.ts'
import type { Item } from './rows.ts'

/** Roster id, then for each member the running average in microseconds, 8 bytes (NaN: no samples). */
export function encodeHour(hour: Hour, roster: Roster, ttl: number): Item {
  const totals = [
    ...roster.edges.map(edge => hour.edges.get(edge)),
    ...roster.canaries.map(canary => hour.canaries.get(canary)),
  ]
  const bytes = Buffer.alloc(8 + totals.length * 8)
  bytes.write(roster.id, 0, 'hex')
  for (const [at, total] of totals.entries()) bytes.writeDoubleLE(averageMicros(total), 8 + at * 8)
  return { d: { B: bytes }, ttl: { N: String(ttl) } }
}

function averageMicros(total: Total | undefined): number {
  return total === undefined ? Number.NaN : total.sumMicros / total.count
}
