import type { Fault } from '../neighbours/faults.ts'

/** What happened in one world or in many, for those who ask whether anything did. */
export interface Counts {
  /** Runs that got to their end, by status; dry runs apart. */
  readonly statuses: Record<string, number>
  readonly faults: Record<string, number>
  cycles: number
  dryRuns: number
  killed: number
  paused: number
  coldStarts: number
  /** Runs that began while another was under way. */
  overlaps: number
  rotations: number
  /** Questions to vantage points, verdicts that an edge is disputed, and cycles in which the brake held the set. */
  asked: number
  disputes: number
  braked: number
  /** Recorded cycles that a replay decided once more. */
  replayed: number
  requests: number
  /** How often the wall clock was set. */
  clocksSet: number
  /** Days that passed in the world. */
  days: number
}

export function noCounts(): Counts {
  const numbers = {
    cycles: 0,
    dryRuns: 0,
    killed: 0,
    paused: 0,
    coldStarts: 0,
    overlaps: 0,
    rotations: 0,
    replayed: 0,
    asked: 0,
    disputes: 0,
    braked: 0,
    clocksSet: 0,
  }
  return { ...numbers, requests: 0, days: 0, statuses: {}, faults: {} }
}

/** Counts one more fault of a neighbour. */
export function countFault({ faults }: Counts, neighbour: string, fault: Fault): void {
  bump(faults, `${neighbour}: ${fault}`)
}

/** Adds one to a count by name. */
export function bump(counts: Record<string, number>, name: string, by = 1): void {
  counts[name] = (counts[name] ?? 0) + by
}

/** Adds what another world counted. */
export function addCounts(total: Counts, more: Counts): void {
  for (const [name, count] of Object.entries(more.statuses)) bump(total.statuses, name, count)
  for (const [name, count] of Object.entries(more.faults)) bump(total.faults, name, count)
  total.cycles += more.cycles
  total.dryRuns += more.dryRuns
  total.killed += more.killed
  total.paused += more.paused
  total.coldStarts += more.coldStarts
  total.overlaps += more.overlaps
  total.rotations += more.rotations
  total.replayed += more.replayed
  total.asked += more.asked
  total.disputes += more.disputes
  total.braked += more.braked
  total.requests += more.requests
  total.clocksSet += more.clocksSet
  total.days += more.days
}
