import { describe, expect, test } from 'vitest'
import { pushedAfter, type RecordOutcome, recordIntents } from '../../../../functions/core/route53/record-outcome.ts'
import type { RecordPlan } from '../../../../functions/core/route53/record-plan.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { desiredSets } from '../../../../functions/core/zone/record-set.ts'
import { now } from '../../../helpers/core.ts'

const zone = 'example.org'
const sets = desiredSets(zone, [], 60, ['192.0.2.1'])
const confirmed: Pushed = { hostedZone: 'Z1', sets, attempted: [], due: null }
const announced: Pushed = { hostedZone: 'Z1', sets: [], attempted: ['A example.org.'], due: now - 60_000 }

function planWith(changes: Partial<RecordPlan> = {}): RecordPlan {
  const facts = { zone, reason: '', hostedZone: 'Z1', desired: sets, known: [], changes: [], unsure: [] }
  return { ...facts, action: 'push', owned: new Set(), readFirst: true, isTurn: false, announced, ...changes }
}

function outcomeWith(action: RecordOutcome['action'], changes: Partial<RecordOutcome> = {}): RecordOutcome {
  return { action, reason: '', hostedZone: 'Z1', sets, attempted: [], warnings: [], ...changes }
}

const recordedAfter = (plan: RecordPlan, outcome: RecordOutcome | null, before: Pushed | null = null) =>
  pushedAfter(
    [plan],
    new Map(outcome === null ? [] : [[zone, outcome]]),
    new Map(before === null ? [] : [[zone, before]]),
    now,
  ).get(zone)

describe('what is announced', () => {
  test('pushes alone, and only what is not recorded already', () => {
    const plans = [planWith(), planWith({ zone: 'kept.example', action: 'keep' })]
    expect([...recordIntents(plans, new Map())]).toEqual([[zone, announced]])
    expect(recordIntents(plans, new Map([[zone, announced]])).size).toBe(0)
  })

  test.each([
    ['attempted', { attempted: [] }],
    ['hosted zone', { hostedZone: 'Z2' }],
    ['due', { due: 1 }],
    ['sets', { sets }],
    ['earlier hosted zone', { former: [{ hostedZone: 'Z0', keys: ['A example.org.'] }] }],
  ])('another %s is announced anew', (_what, changes) => {
    expect(recordIntents([planWith()], new Map([[zone, { ...announced, ...changes }]])).size).toBe(1)
  })
})

describe('what is recorded afterwards', () => {
  test('confirmed is due no more; due keeps its place in the queue; refused goes to its end', () => {
    expect(recordedAfter(planWith(), outcomeWith('upserted'))).toEqual(confirmed)
    expect(recordedAfter(planWith(), outcomeWith('due'))).toEqual({ ...confirmed, due: now - 60_000 })
    expect(recordedAfter(planWith(), outcomeWith('refused'))).toEqual({ ...confirmed, due: now })
  })

  test('what is as it was recorded is not recorded again', () => {
    expect(recordedAfter(planWith(), null)).toBeUndefined()
    expect(recordedAfter(planWith(), outcomeWith('due', { ...announced, action: 'due' }))).toBeUndefined()
    expect(recordedAfter(planWith({ action: 'verify' }), outcomeWith('unchanged'), confirmed)).toBeUndefined()
  })

  test.each([
    ['other values', [{ ...sets[0], values: ['192.0.2.2'] }]],
    ['another type', [{ ...sets[0], type: 'AAAA' }]],
  ])('a set with %s is recorded', (_what, old) => {
    const before = { ...confirmed, sets: old as Pushed['sets'] }
    expect(recordedAfter(planWith({ action: 'verify' }), outcomeWith('upserted'), before)).toEqual(confirmed)
  })

  test('a hosted zone that is missing is to be looked for again, and whose its sets are is kept', () => {
    const former = [{ hostedZone: 'Z1', keys: ['A example.org.', 'AAAA example.org.'] }]
    const missing = outcomeWith('refused', { attempted: ['AAAA example.org.'], isMissing: true })
    expect(recordedAfter(planWith(), missing)).toEqual({
      ...{ hostedZone: null, sets: [], attempted: [], due: now },
      former,
    })
    const unknown = { ...announced, hostedZone: null, former }
    expect(recordedAfter(planWith({ hostedZone: null, announced: unknown }), outcomeWith('upserted'))).toEqual(
      confirmed,
    )
  })

  test('a zone that is pushed no more keeps in mind whose its sets are, once', () => {
    const gone = pushedAfter([], new Map(), new Map([[zone, confirmed]]), now)
    expect([...gone]).toEqual([[zone, { hostedZone: 'Z1', sets: [], attempted: ['A example.org.'], due: null }]])
    expect(pushedAfter([], new Map(), gone, now).size).toBe(0)
    const former = [{ hostedZone: 'Z0', keys: ['A example.org.'] }]
    const moved = new Map([[zone, { ...confirmed, former }]])
    expect(pushedAfter([], new Map(), moved, now).get(zone)?.former).toEqual(former)
    expect(pushedAfter([], new Map(), new Map([[zone, announced]]), now).get(zone)?.due).toBeNull()
  })
})
