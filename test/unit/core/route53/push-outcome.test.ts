import { describe, expect, test } from 'vitest'
import { next, type Push, startPush } from '../../../../functions/core/route53/push.ts'
import { outcomeOf } from '../../../../functions/core/route53/push-outcome.ts'
import type { RecordPlan } from '../../../../functions/core/route53/record-plan.ts'
import { changesBetween, desiredSets, keyOf, type RecordSet } from '../../../../functions/core/zone/record-set.ts'
import { found } from '../../../helpers/record-sets.ts'

const zone = 'example.org'
const wanted = desiredSets(zone, ['www'], 60, ['192.0.2.1'])
const earlier = desiredSets(zone, ['www'], 60, ['192.0.2.9'])
const at = (sets: readonly RecordSet[]) => sets.map(set => found(set.name, set))

function planFor(known: readonly RecordSet[], changes: Partial<RecordPlan> = {}): RecordPlan {
  const owned = new Set(known.map(keyOf))
  const facts = { zone, hostedZone: 'Z1', desired: wanted, known, owned, unsure: [], isTurn: false, readFirst: false }
  const announced = { hostedZone: 'Z1', sets: known, attempted: [], due: null }
  const plan = { ...facts, action: 'push' as const, reason: 'its addresses changed', announced }
  return { ...plan, changes: changesBetween(wanted, known, owned), ...changes }
}

const read = (push: Push, sets: readonly RecordSet[]) => next(push, { is: 'read', sets: at(sets) })
const dryRun = (plan: RecordPlan, sets: readonly RecordSet[]) => outcomeOf(read(startPush(plan, true), sets))

describe('a push that went to its end', () => {
  test('has changed what it was to change, or put right what it found', () => {
    const pushed = next(startPush(planFor(earlier), false), { is: 'changed' })
    expect(outcomeOf(pushed)).toMatchObject({ action: 'upserted', reason: 'its addresses changed', sets: wanted })
    const looking = startPush(planFor(wanted, { action: 'verify', isTurn: true, readFirst: true }), false)
    const corrected = outcomeOf(next(read(looking, earlier), { is: 'changed' }))
    expect(corrected).toMatchObject({ action: 'upserted', reason: 'read back, and put right', sets: wanted })
    expect(corrected.warnings).toHaveLength(2)
  })

  test('is unchanged where nothing was left to change', () => {
    expect(outcomeOf(startPush(planFor(wanted), false)).reason).toBe('nothing is left to change')
    const looked = outcomeOf(read(startPush(planFor(wanted, { action: 'verify', readFirst: true }), false), wanted))
    expect(looked).toMatchObject({ action: 'unchanged', reason: 'read back, and as it should be' })
  })

  test('is refused where something stands in the way; what is not its own is not told as its own', () => {
    const push = startPush(planFor([], { readFirst: true }), false)
    const [apex] = earlier
    const sets = [...at(apex === undefined ? [] : [apex]), found('www.example.org', { type: 'CNAME' })]
    const outcome = outcomeOf(next(next(push, { is: 'read', sets }), { is: 'rejected', why: 'no' }))
    expect(outcome.action).toBe('refused')
    expect(outcome.reason).toBe('a CNAME record is at www.example.org.; A example.org 60 192.0.2.1: no')
    expect(outcome.warnings).toEqual([`the records of zone ${zone} are refused: ${outcome.reason}`])
    expect(outcome.sets).toEqual([])
  })
})

describe('a push that failed', () => {
  const failed = { is: 'failed', why: 'time is over', isMissing: false } as const

  test('is due, with what is unsure', () => {
    const lost = next(startPush(planFor(earlier), false), { is: 'lost' })
    expect(outcomeOf(next(lost, failed))).toMatchObject({
      action: 'due',
      reason: 'time is over',
      attempted: wanted.map(keyOf).sort(),
      warnings: [`the records of zone ${zone} are due: time is over`],
    })
  })

  test('is unchanged where it was only looking', () => {
    const looking = startPush(planFor(wanted, { action: 'verify', readFirst: true }), false)
    expect(outcomeOf(next(looking, failed))).toMatchObject({
      action: 'unchanged',
      warnings: [`the records of zone ${zone} could not be read back: time is over`],
    })
  })

  test('is refused where there is no such hosted zone', () => {
    const outcome = outcomeOf(next(startPush(planFor(earlier), false), { ...failed, isMissing: true }))
    expect(outcome).toMatchObject({ action: 'refused', isMissing: true, reason: 'time is over' })
  })
})

describe('a dry run', () => {
  test('tells what a run would change, and what is there instead', () => {
    const outcome = dryRun(planFor(earlier), earlier)
    expect(outcome).toMatchObject({ action: 'planned', reason: 'its addresses changed' })
    expect(outcome.changes?.map(({ before }) => before?.values)).toEqual([['192.0.2.9'], ['192.0.2.9']])
  })

  test('tells what a look would put right, at once or in its turn', () => {
    const looking = dryRun(planFor(wanted, { action: 'verify', readFirst: true }), earlier)
    expect(looking).toMatchObject({ action: 'planned', reason: 'read back, and not as it should be' })
    const keeping = dryRun(planFor(wanted, { action: 'keep' }), earlier)
    expect(keeping.reason).toBe('not as it should be: put right in its turn, or when an update is forced')
    expect(dryRun(planFor(wanted, { action: 'keep' }), wanted)).toMatchObject({ action: 'unchanged' })
  })

  test('leaves alone what a run would not read, unless its request would be refused', () => {
    const drift = (sets: readonly RecordSet[]) => [...wanted.slice(0, 1), ...sets]
    const plan = planFor(drift(earlier.slice(1)))
    const foreign = desiredSets(zone, ['www'], 60, ['192.0.2.66'])
    // Only www is to change; that the apex is another by now is not seen.
    expect(dryRun(plan, [...foreign.slice(0, 1), ...earlier.slice(1)]).changes?.map(({ name }) => name)).toEqual([
      'www.example.org.',
    ])
  })

  test('reads after all what a run would delete, where its request would be refused', () => {
    const [six] = desiredSets(zone, [], 60, ['2001:db8::1'])
    if (six === undefined) throw new Error('there is a set')
    const plan = planFor([...wanted, six])
    expect(plan.changes).toEqual([{ action: 'DELETE', set: six }])
    const deleted = (sets: readonly RecordSet[]) =>
      dryRun(plan, [...wanted, ...sets]).changes?.map(({ values }) => values)
    expect(deleted([six])).toEqual([six.values])
    expect(deleted([{ ...six, values: ['2001:db8::2'] }])).toEqual([['2001:db8::2']])
    expect(deleted([])).toBeUndefined()
  })

  test('tells what is refused', () => {
    const push = startPush(planFor(earlier), true)
    const outcome = outcomeOf(next(push, { is: 'read', sets: [found('www.example.org', { type: 'CNAME' })] }))
    expect(outcome).toMatchObject({ action: 'refused', changes: [{ name: 'example.org.' }] })
  })
})
