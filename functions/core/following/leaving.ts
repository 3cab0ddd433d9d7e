import { byName } from '../domain/model.ts'

/** From this many zones on, more than half of them do not leave at once (behaviour §12.3). */
const fromZones = 4

/** What decides who leaves; times in milliseconds. */
export interface LeavingInput {
  /** The zones that the server has. */
  readonly members: readonly string[]
  /** Zones that some manifest has. */
  readonly held: ReadonlySet<string>
  readonly missing: ReadonlyMap<string, number>
  readonly now: number
  readonly graceMs: number
  /** The operator says that even most of them may leave. */
  readonly yes: boolean
}

export interface Leaving {
  /** Since when no manifest has had a zone: also of those that leave, until they have left. */
  readonly missing: ReadonlyMap<string, number>
  readonly leaving: readonly string[]
  /** Zones whose time is over, and that stay as too many would leave at once. */
  readonly kept: readonly string[]
}

/** Which zones leave the server now (behaviour §12.3). */
export function leavingOf({ members, held, missing, now, graceMs, yes }: LeavingInput): Leaving {
  const gone = members.filter(zone => !held.has(zone)).sort(byName)
  // A clock that was ahead would keep a zone for ever.
  const since = new Map(gone.map(zone => [zone, Math.min(missing.get(zone) ?? now, now)]))
  const due = gone.filter(zone => now - Number(since.get(zone)) >= graceMs)
  const areMost = due.length === members.length || (members.length >= fromZones && due.length > members.length / 2)
  if (due.length > 0 && areMost && !yes) return { missing: since, leaving: [], kept: due }
  return { missing: since, leaving: due, kept: [] }
}
