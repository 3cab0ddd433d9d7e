import {
  afterChanges,
  changesBetween,
  type FoundSet,
  isKeyAt,
  isSame,
  keyOf,
  plainSets,
  type RecordChange,
  type RecordSet,
  wordsFor,
} from '../zone/record-set.ts'
import { type Batch, batchesOf } from './batches.ts'
import { stateIn } from './hosted-zone.ts'
import { obstaclesIn } from './obstacles.ts'
import type { Answer, Phase } from './push-phase.ts'
import type { RecordPlan } from './record-plan.ts'

/** One zone's push under way: what it waits for, what is known of its sets, and how far it got. */
export interface Push {
  readonly plan: RecordPlan
  /** Nothing is changed: the push ends when it has read. */
  readonly isDryRun: boolean
  readonly phase: Phase
  /** How often sets had to be read before it could go on. */
  readonly rounds: number
  /** Null until it is found. */
  readonly hostedZone: string | null
  readonly known: readonly RecordSet[]
  /** What is known was read in this push, and nothing is unsure since. */
  readonly hasRead: boolean
  /** Something was changed, or may have been. */
  readonly changed: boolean
  /** Keys of the sets that may have been changed, without an answer that says so. */
  readonly attempted: ReadonlySet<string>
  /** Keys of the sets that this system published, or may have. */
  readonly owned: ReadonlySet<string>
  /** By key: why a set cannot be pushed. */
  readonly refused: ReadonlyMap<string, string>
  readonly warnings: readonly string[]
}

/** How often a push reads and pushes again after lost answers; then it is left to the next cycle. */
const maxRounds = 5

/** A push that brings one zone's records to what they are to be; a dry run only reads what that would change. */
export function startPush(plan: RecordPlan, isDryRun: boolean): Push {
  const { hostedZone, known, owned } = plan
  const push: Push = {
    ...{ plan, isDryRun, hostedZone, known, owned, phase: { is: 'finding' }, rounds: 0 },
    ...{ hasRead: false, changed: false, attempted: new Set(plan.unsure), refused: new Map(), warnings: [] },
  }
  return hostedZone === null ? push : entered(push, hostedZone)
}

/** The push after the answer to what it waited for. */
export function next(push: Push, answer: Answer): Push {
  switch (answer.is) {
    case 'found':
      return entered(withFormerKeys(push, answer.hostedZone), answer.hostedZone)
    case 'read':
      return sending(withSets(push, answer.sets))
    case 'changed':
      return afterBatch(push)
    case 'lost':
      return readAgain({ ...push, attempted: union(push.attempted, sentKeys(push)), changed: true, hasRead: false })
    case 'rejected':
      return push.hasRead ? bisected(settled(push), answer.why) : readAgain(settled(push))
    case 'failed':
      return { ...settled(push), phase: answer }
  }
}

/** What is to be changed still: not what stands in nobody's power. */
export function changesLeft({ plan, known, owned, refused }: Push): RecordChange[] {
  return changesBetween(plan.desired, known, owned).filter(({ set }) => !refused.has(keyOf(set)))
}

/** The names whose sets a push reads: the zone's own first. */
export function namesOf({ desired }: RecordPlan): string[] {
  return [...new Set(desired.map(({ name }) => name))]
}

function entered(push: Push, hostedZone: string): Push {
  const here = { ...push, hostedZone }
  if (push.plan.readFirst || push.isDryRun) return { ...here, phase: { is: 'reading' } }
  return sending(here)
}

/** A hosted zone that was found by its name may be one that this zone's records were in before. */
function withFormerKeys(push: Push, hostedZone: string): Push {
  const keys = stateIn(hostedZone, push.plan.announced).attempted
  return { ...push, owned: union(push.owned, keys), attempted: union(push.attempted, keys) }
}

function withSets(push: Push, found: readonly FoundSet[]): Push {
  const { plan, known: before } = push
  const names = namesOf(plan)
  // Of a label that is rotated no more nothing was read: what is known of its sets, and whose they are, stays.
  const known = [...plainSets(found), ...before.filter(set => !names.includes(set.name))]
  const attempted = new Set([...push.attempted].filter(key => !names.some(name => isKeyAt(key, name))))
  const refused = obstaclesIn(found, names)
  // Nobody but a dry run that is to tell everything reads what is to be kept.
  const isLooking = plan.isTurn || plan.action === 'keep'
  const isDrift = isLooking && plan.unsure.length === 0 && !push.hasRead && !push.changed
  const warnings = isDrift ? [...push.warnings, ...driftIn(plan.zone, before, known)] : push.warnings
  return { ...push, known, attempted, refused, warnings, hasRead: true }
}

/** Behaviour: put right with a warning that names what was found. */
function driftIn(zone: string, before: readonly RecordSet[], known: readonly RecordSet[]): string[] {
  const there = new Map(known.map(set => [keyOf(set), set]))
  return before.flatMap(set => {
    const found = there.get(keyOf(set))
    if (found !== undefined && isSame(found, set)) return []
    const what = found === undefined ? `no ${set.type} record at ${set.name.slice(0, -1)}` : wordsFor(found)
    return [`zone ${zone}: Route 53 had ${what} instead of ${wordsFor(set)}`]
  })
}

/** Pushes what differs. */
function sending(push: Push): Push {
  return push.isDryRun ? { ...push, phase: { is: 'done' } } : withBatches(push, batchesOf(changesLeft(push)))
}

function withBatches(push: Push, [first, ...others]: readonly Batch[]): Push {
  return { ...push, phase: first === undefined ? { is: 'done' } : { is: 'sending', batches: [first, ...others] } }
}

/** The batch that is being sent, and those that come after it. */
function underWay({ phase }: Push): { readonly batch: Batch; readonly others: readonly Batch[] } {
  if (phase.is !== 'sending') return { batch: [], others: [] }
  const [batch, ...others] = phase.batches
  return { batch, others }
}

function sentKeys(push: Push): string[] {
  return underWay(push).batch.map(({ set }) => keyOf(set))
}

/** It is known what became of the batch that was sent. */
function settled(push: Push): Push {
  const keys = sentKeys(push)
  return { ...push, attempted: new Set([...push.attempted].filter(key => !keys.includes(key))) }
}

function afterBatch(push: Push): Push {
  const { batch, others } = underWay(push)
  return withBatches({ ...settled(push), known: afterChanges(push.known, batch), changed: true }, others)
}

function readAgain(push: Push): Push {
  const rounds = push.rounds + 1
  if (rounds < maxRounds) return { ...push, rounds, phase: { is: 'reading' } }
  const why = 'Route 53 gave no answer again and again'
  return { ...push, rounds, phase: { is: 'failed', why, isMissing: false } }
}

/** A batch is atomic: halved until the one that cannot be pushed stands alone, and is named. */
function bisected(push: Push, why: string): Push {
  const { batch, others } = underWay(push)
  const [change, ...more] = batch
  if (change !== undefined && more.length === 0) {
    const refused = new Map([...push.refused, [keyOf(change.set), `${wordsFor(change.set)}: ${why}`]])
    return withBatches({ ...push, refused }, others)
  }
  const half = Math.ceil(batch.length / 2)
  return withBatches(push, [batch.slice(0, half), batch.slice(half), ...others])
}

function union(some: ReadonlySet<string>, others: readonly string[]): ReadonlySet<string> {
  return new Set([...some, ...others])
}
