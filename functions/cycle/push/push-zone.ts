import { changeRows, type RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { RecordPlan } from '../../core/route53/record-plan.ts'
import {
  afterChanges,
  batchesOf,
  changesBetween,
  isKeyAt,
  isSame,
  keyOf,
  obstaclesIn,
  plainSets,
  type RecordChange,
  type RecordSet,
  wordsFor,
} from '../../core/rrset.ts'
import { RecordsFault } from '../errors.ts'
import type { Calls } from './calls.ts'
import { readSets } from './read-sets.ts'

/** Reading and pushing again after lost answers ends after so many rounds; the next cycle goes on. */
const mostRounds = 5

/** One zone's push under way: what is known of its sets, and how far it got. */
interface Push {
  readonly plan: RecordPlan
  readonly calls: Calls
  hostedZone: string | null
  known: readonly RecordSet[]
  hasRead: boolean
  changed: boolean
  readonly attempted: Set<string>
  /** By key: why a set cannot be pushed. */
  refused: Map<string, string>
  readonly warnings: string[]
}

/**
 * Brings one zone's records to what they are to be, or, in a dry run, says what that would change. Never rejects: what
 * could not be done is in the outcome.
 */
export async function pushZone(
  plan: RecordPlan,
  calls: Calls,
  find: (zone: string) => Promise<string>,
  dryRun: boolean,
): Promise<RecordOutcome> {
  const { hostedZone, known, unsure } = plan
  const state = { plan, calls, hostedZone, known, hasRead: false, changed: false }
  const push: Push = { ...state, attempted: new Set(unsure), refused: new Map(), warnings: [] }
  try {
    push.hostedZone ??= await find(plan.zone)
    if (plan.readFirst || dryRun) await read(push)
    if (dryRun) return planned(push)
    for (let round = 1; !(await isDone(push)); round++) {
      if (round === mostRounds) throw new RecordsFault('lost', 'Route 53 gave no answer again and again')
      await read(push)
    }
    return outcomeOf(push)
  } catch (error) {
    return failure(push, error)
  }
}

async function read(push: Push): Promise<void> {
  const { plan, calls, hostedZone } = push
  const isDrift = plan.isTurn && plan.unsure.length === 0 && !push.hasRead && !push.changed
  const names = [...new Set(plan.desired.map(({ name }) => name))]
  const found = await readSets(calls, String(hostedZone), names)
  const before = push.known
  // Of a label that is rotated no more nothing was read: what is known of its sets, and whose they are, stays.
  push.known = [...plainSets(found), ...before.filter(set => !names.includes(set.name))]
  push.refused = obstaclesIn(found, names)
  push.hasRead = true
  for (const key of push.attempted) if (names.some(name => isKeyAt(key, name))) push.attempted.delete(key)
  if (isDrift) push.warnings.push(...driftIn(push, before))
}

/** What is to be changed still: not what stands in nobody's power. */
function changesLeft({ plan, known, refused }: Push): RecordChange[] {
  return changesBetween(plan.desired, known, plan.owned).filter(({ set }) => !refused.has(keyOf(set)))
}

/** Pushes what differs; false where the sets have to be read before it can go on. */
async function isDone(push: Push): Promise<boolean> {
  for (const batch of batchesOf(changesLeft(push))) {
    if (!(await isChanged(push, batch))) return false
  }
  return true
}

async function isChanged(push: Push, batch: readonly RecordChange[]): Promise<boolean> {
  const keys = batch.map(({ set }) => keyOf(set))
  for (const key of keys) push.attempted.add(key)
  try {
    await push.calls.change(String(push.hostedZone), batch)
  } catch (error) {
    const kind = error instanceof RecordsFault ? error.kind : 'lost'
    if (kind === 'lost') {
      push.changed = true
      push.hasRead = false
      return false
    }
    for (const key of keys) push.attempted.delete(key)
    if (kind !== 'invalid') throw error
    if (!push.hasRead) return false
    return isSplit(push, batch, (error as Error).message)
  }
  push.known = afterChanges(push.known, batch)
  push.changed = true
  for (const key of keys) push.attempted.delete(key)
  return true
}

/** A batch is atomic: halved until the one that cannot be pushed stands alone, and is named. */
async function isSplit(push: Push, batch: readonly RecordChange[], why: string): Promise<boolean> {
  const [change, ...others] = batch
  if (change !== undefined && others.length === 0) {
    push.refused.set(keyOf(change.set), `${wordsFor(change.set)}: ${why}`)
    return true
  }
  const half = Math.ceil(batch.length / 2)
  return (await isChanged(push, batch.slice(0, half))) && (await isChanged(push, batch.slice(half)))
}

/** This system's sets among those that are there: what it published, and what is as it would have published it. */
function ownSets({ plan, known }: Push): RecordSet[] {
  const wanted = new Map(plan.desired.map(set => [keyOf(set), set]))
  return known.filter(set => {
    const desired = wanted.get(keyOf(set))
    return plan.owned.has(keyOf(set)) || (desired !== undefined && isSame(desired, set))
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

function outcomeOf(push: Push): RecordOutcome {
  const { plan } = push
  const result = resultOf(push)
  const refusal = refusalOf(push)
  if (refusal !== '') {
    const warnings = [...push.warnings, `the records of zone ${plan.zone} are refused: ${refusal}`]
    return { ...result, action: 'refused', reason: refusal, warnings }
  }
  if (!push.changed) return { ...result, action: 'unchanged', reason: 'read back, and as it should be' }
  const reason = plan.action === 'verify' ? 'read back, and put right' : plan.reason
  return { ...result, action: 'upserted', reason }
}

function planned(push: Push): RecordOutcome {
  const left = changesLeft(push)
  const changes = left.length === 0 ? {} : { changes: changeRows(left, push.known) }
  const outcome = outcomeOf(push)
  if (outcome.action === 'refused' || left.length === 0) return { ...outcome, ...changes }
  const reason = push.plan.action === 'push' ? push.plan.reason : 'read back, and not as it should be'
  return { ...outcome, action: 'planned', reason, ...changes }
}

/** Behaviour: put right with a warning that names what was found. */
function driftIn({ plan, known }: Push, before: readonly RecordSet[]): string[] {
  const there = new Map(known.map(set => [keyOf(set), set]))
  return before.flatMap(set => {
    const found = there.get(keyOf(set))
    if (found !== undefined && isSame(found, set)) return []
    const what = found === undefined ? `no ${set.type} record at ${set.name.slice(0, -1)}` : wordsFor(found)
    return [`zone ${plan.zone}: Route 53 had ${what} instead of ${wordsFor(set)}`]
  })
}

function failure(push: Push, error: unknown): RecordOutcome {
  const { plan } = push
  const reason = error instanceof Error ? error.message : String(error)
  const isMissing = error instanceof RecordsFault && error.kind === 'missing'
  if (isMissing) {
    const warnings = [`the records of zone ${plan.zone} are refused: ${reason}`]
    return { hostedZone: null, sets: [], attempted: [], action: 'refused', reason, warnings }
  }
  const wasLooking = plan.action === 'verify' && changesLeft(push).length === 0 && push.attempted.size === 0
  const trouble = wasLooking ? 'could not be read back' : 'are due'
  const warnings = [...push.warnings, `the records of zone ${plan.zone} ${trouble}: ${reason}`]
  return { ...resultOf(push), action: wasLooking ? 'unchanged' : 'due', reason, warnings }
}
