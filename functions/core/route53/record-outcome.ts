import type { Pushed } from '../state/network-state.ts'
import { isSame, keyOf, type RecordSet } from '../zone/record-set.ts'
import { stateIn, union } from './hosted-zone.ts'
import type { RecordChangeReport } from './record-change.ts'
import type { RecordPlan } from './record-plan.ts'

/** What became of one zone's records. */
export interface RecordOutcome {
  readonly action: 'upserted' | 'unchanged' | 'due' | 'refused' | 'planned'
  readonly reason: string
  readonly hostedZone: string | null
  /** This system's sets as they are now, as far as is known. */
  readonly sets: readonly RecordSet[]
  /** Keys of the sets that may have been changed, without an answer that says so. */
  readonly attempted: readonly string[]
  readonly warnings: readonly string[]
  /** There is no such hosted zone: whose the sets in it are is kept for when it is back. */
  readonly isMissing?: boolean
  /** Only in a dry run. */
  readonly changes?: readonly RecordChangeReport[]
}

/** What is recorded before pushing (behaviour §7.4), by zone: only what is not recorded already. */
export function recordIntents(plans: readonly RecordPlan[], before: ReadonlyMap<string, Pushed>): Map<string, Pushed> {
  const pushes = plans.filter(({ action }) => action === 'push')
  const fresh = pushes.filter(({ zone, announced }) => !isEqual(before.get(zone), announced))
  return new Map(fresh.map(({ zone, announced }) => [zone, announced]))
}

/**
 * What is recorded afterwards, by zone: only what changes. A refused zone goes to the end of the queue. Of a zone that
 * is pushed no more nothing is sure from now on, but whose the sets are.
 */
export function pushedAfter(
  plans: readonly RecordPlan[],
  outcomes: ReadonlyMap<string, RecordOutcome>,
  before: ReadonlyMap<string, Pushed>,
  now: number,
): Map<string, Pushed> {
  const after = new Map<string, Pushed>()
  for (const plan of plans) {
    const outcome = outcomes.get(plan.zone)
    if (outcome === undefined) continue
    const record = recordOf(plan, outcome, now)
    const recorded = plan.action === 'push' ? plan.announced : before.get(plan.zone)
    if (!isEqual(recorded, record)) after.set(plan.zone, record)
  }
  const planned = new Set(plans.map(({ zone }) => zone))
  for (const [zone, pushed] of before) {
    const { sets, attempted, due } = pushed
    if (planned.has(zone) || (sets.length === 0 && due === null)) continue
    after.set(zone, { ...pushed, sets: [], attempted: union(attempted, sets.map(keyOf)), due: null })
  }
  return after
}

function recordOf(plan: RecordPlan, outcome: RecordOutcome, now: number): Pushed {
  const { hostedZone, sets, attempted } = outcome
  const due = outcome.action === 'due' ? plan.announced.due : outcome.action === 'refused' ? now : null
  const here = { ...stateIn(hostedZone, plan.announced), sets, attempted, due }
  return outcome.isMissing ? { ...stateIn(null, here), due } : here
}

function isEqual(a: Pushed | undefined, b: Pushed): boolean {
  if (a === undefined || a.due !== b.due || a.hostedZone !== b.hostedZone) return false
  if (JSON.stringify(a.former) !== JSON.stringify(b.former)) return false
  return String(a.attempted) === String(b.attempted) && sameSets(a.sets, b.sets)
}

function sameSets(some: readonly RecordSet[], others: readonly RecordSet[]): boolean {
  const known = new Map(some.map(set => [keyOf(set), set]))
  return (
    some.length === others.length &&
    others.every(set => {
      const same = known.get(keyOf(set))
      return same !== undefined && isSame(same, set)
    })
  )
}
