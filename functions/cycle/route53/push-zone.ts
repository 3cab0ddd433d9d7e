import { stateIn } from '../../core/route53/hosted-zone.ts'
import type { RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { RecordPlan } from '../../core/route53/record-plan.ts'
import {
  afterChanges,
  batchesOf,
  isKeyAt,
  isSame,
  keyOf,
  obstaclesIn,
  plainSets,
  type RecordChange,
  type RecordSet,
  wordsFor,
} from '../../core/zone/record-set.ts'
import { RecordsFault } from '../ports/errors.ts'
import type { Calls } from './calls.ts'
import { failure, outcomeOf, planned } from './outcomes.ts'
import { changesLeft, type Push } from './push.ts'
import { readSets } from './read-sets.ts'

/** Reading and pushing again after lost answers ends after this many rounds; the next cycle goes on. */
const maxRounds = 5

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
  const keys = { attempted: new Set(unsure), owned: new Set(plan.owned) }
  const push: Push = { ...state, ...keys, refused: new Map(), warnings: [] }
  try {
    if (push.hostedZone === null) enter(push, await find(plan.zone))
    if (plan.readFirst || dryRun) await read(push)
    if (dryRun) return planned(push)
    for (let round = 1; !(await pushChanges(push)); round++) {
      if (round === maxRounds) throw new RecordsFault('lost', 'Route 53 gave no answer again and again')
      await read(push)
    }
    return outcomeOf(push)
  } catch (error) {
    return failure(push, error)
  }
}

/** A hosted zone that was found by its name may be one that this zone's records were in before. */
function enter(push: Push, hostedZone: string): void {
  push.hostedZone = hostedZone
  for (const key of stateIn(hostedZone, push.plan.announced).attempted) {
    push.owned.add(key)
    push.attempted.add(key)
  }
}

async function read(push: Push): Promise<void> {
  const { plan, calls, hostedZone } = push
  // Nobody but a dry run that is to tell everything reads what is to be kept.
  const isLooking = plan.isTurn || plan.action === 'keep'
  const isDrift = isLooking && plan.unsure.length === 0 && !push.hasRead && !push.changed
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

/** Pushes what differs; false where the sets have to be read before it can go on. */
async function pushChanges(push: Push): Promise<boolean> {
  for (const batch of batchesOf(changesLeft(push))) {
    if (!(await sendBatch(push, batch))) return false
  }
  return true
}

async function sendBatch(push: Push, batch: readonly RecordChange[]): Promise<boolean> {
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
    return bisectRejected(push, batch, (error as Error).message)
  }
  push.known = afterChanges(push.known, batch)
  push.changed = true
  for (const key of keys) push.attempted.delete(key)
  return true
}

/** A batch is atomic: halved until the one that cannot be pushed stands alone, and is named. */
async function bisectRejected(push: Push, batch: readonly RecordChange[], why: string): Promise<boolean> {
  const [change, ...others] = batch
  if (change !== undefined && others.length === 0) {
    push.refused.set(keyOf(change.set), `${wordsFor(change.set)}: ${why}`)
    return true
  }
  const half = Math.ceil(batch.length / 2)
  return (await sendBatch(push, batch.slice(0, half))) && (await sendBatch(push, batch.slice(half)))
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
