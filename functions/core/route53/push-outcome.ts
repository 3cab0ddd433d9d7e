import { isSame, keyOf, type RecordChange, type RecordSet } from '../zone/record-set.ts'
import { changesLeft, type Push } from './push.ts'
import { changeRows } from './record-change.ts'
import type { RecordOutcome } from './record-outcome.ts'

/** This system's sets among those that are there: what it published, and what is as it would have published it. */
function ownSets({ plan, known, owned }: Push): RecordSet[] {
  const wanted = new Map(plan.desired.map(set => [keyOf(set), set]))
  return known.filter(set => {
    const desired = wanted.get(keyOf(set))
    return owned.has(keyOf(set)) || (desired !== undefined && isSame(desired, set))
  })
}

function resultOf(push: Push) {
  const { hostedZone, warnings } = push
  return { hostedZone, sets: ownSets(push), attempted: [...push.attempted].sort(), warnings }
}

function refusalOf({ plan, refused }: Push): string {
  const wanted = new Set([...plan.desired.map(keyOf), ...plan.changes.map(({ set }) => keyOf(set))])
  const reasons = [...refused].filter(([key]) => wanted.has(key)).map(([, why]) => why)
  return [...new Set(reasons)].join('; ')
}

/** What became of a push that has ended; in a dry run, what a run would make of the zone that was read (behaviour §8.3). */
export function outcomeOf(push: Push): RecordOutcome {
  const { phase, isDryRun } = push
  if (phase.is === 'failed') return failed(push, phase)
  return isDryRun ? planned(push) : carriedOut(push)
}

function carriedOut(push: Push): RecordOutcome {
  const { plan } = push
  const result = resultOf(push)
  const refusal = refusalOf(push)
  if (refusal !== '') {
    const warnings = [...push.warnings, `the records of zone ${plan.zone} are refused: ${refusal}`]
    return { ...result, action: 'refused', reason: refusal, warnings }
  }
  if (push.changed) {
    const reason = plan.action === 'verify' ? 'read back, and put right' : plan.reason
    return { ...result, action: 'upserted', reason }
  }
  const isSound = push.hasRead && changesLeft(push).length === 0
  return {
    ...result,
    action: 'unchanged',
    reason: isSound ? 'read back, and as it should be' : 'nothing is left to change',
  }
}

function planned(push: Push): RecordOutcome {
  const { action, reason } = push.plan
  const left = changesNow(push)
  const changes = left.length === 0 ? {} : { changes: changeRows(left, push.known) }
  const outcome = carriedOut(push)
  if (outcome.action === 'refused') return { ...outcome, ...changes }
  if (action === 'keep' && changesLeft(push).length > 0) {
    return { ...outcome, reason: 'not as it should be: put right in its turn, or when an update is forced' }
  }
  if (left.length === 0) return outcome
  const why = action === 'push' ? reason : 'read back, and not as it should be'
  return { ...outcome, action: 'planned', reason: why, ...changes }
}

/**
 * What a run would change now. One that does not read first goes by what was confirmed and leaves other sets alone,
 * unless its request would be refused for what is there: then it reads after all.
 */
function changesNow(push: Push): RecordChange[] {
  const { plan, known, refused } = push
  const left = changesLeft(push)
  const there = new Map(known.map(set => [keyOf(set), set]))
  const isRefused = ({ action, set }: RecordChange) => {
    const found = there.get(keyOf(set))
    return refused.has(keyOf(set)) || (action === 'DELETE' && (found === undefined || !isSame(found, set)))
  }
  if (plan.readFirst || plan.changes.some(isRefused)) return left
  const keys = new Set(plan.changes.map(({ set }) => keyOf(set)))
  return left.filter(({ set }) => keys.has(keyOf(set)))
}

function failed(push: Push, { why: reason, isMissing }: { readonly why: string; readonly isMissing: boolean }) {
  const { plan } = push
  if (isMissing) {
    const warnings = [`the records of zone ${plan.zone} are refused: ${reason}`]
    return { ...resultOf(push), isMissing: true, action: 'refused' as const, reason, warnings }
  }
  const wasLooking = plan.action !== 'push' && changesLeft(push).length === 0 && push.attempted.size === 0
  const trouble = wasLooking ? 'could not be read back' : 'are due'
  const warnings = [...push.warnings, `the records of zone ${plan.zone} ${trouble}: ${reason}`]
  return { ...resultOf(push), action: wasLooking ? ('unchanged' as const) : ('due' as const), reason, warnings }
}
