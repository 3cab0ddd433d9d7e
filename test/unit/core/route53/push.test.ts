import { describe, expect, test } from 'vitest'
import { changesLeft, namesOf, next, type Push, startPush } from '../../../../functions/core/route53/push.ts'
import { planRecords, type RecordPlan } from '../../../../functions/core/route53/record-plan.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { desiredSets, keyOf } from '../../../../functions/core/zone/record-set.ts'
import { network, now } from '../../../helpers/core.ts'
import { found } from '../../../helpers/record-sets.ts'
import { settingsOf } from '../../../helpers/world.ts'

const zone = 'example.org'
const labels = ['www']
const settings = {
  dns: { ...settingsOf().dns, rotate_zones: labels },
  route53: { ...settingsOf().route53, enabled: true, zones: { [zone]: 'Z1' } },
}
const address = '192.0.2.1'
const sets = desiredSets(zone, labels, settings.route53.ttl, [address])
const there = sets.map(set => found(set.name, set))
const confirmed: Pushed = { hostedZone: 'Z1', sets, attempted: [], due: null }
const keys = sets.map(keyOf)

/** The plan of a zone of which this was recorded, and whose address is this now. */
function planFor(pushed: Partial<Pushed> | null, wanted = address, changes: Partial<RecordPlan> = {}): RecordPlan {
  const known = new Map(pushed === null ? [] : [[zone, { ...confirmed, ...pushed }]])
  const context = { network: network('ab', settings), pushed: known, cycle: 1, now, forceUpdate: false }
  const [plan] = planRecords({ ...context, addresses: () => [wanted] })
  if (plan === undefined) throw new Error('there is no plan')
  return { ...plan, isTurn: false, readFirst: plan.readFirst && !plan.isTurn, ...changes }
}

const other = '192.0.2.9'
const first = () => startPush(planFor(null, address, { readFirst: true }), false)
const changed = () => startPush(planFor({}, other, { readFirst: false }), false)
const batches = ({ phase }: Push) =>
  phase.is === 'sending' ? phase.batches.map(one => one.map(({ set }) => keyOf(set))) : null

describe('a push waits', () => {
  test('for its hosted zone where that is not known, and then for what it is to know first', () => {
    const plan = planFor(null, address, { hostedZone: null, readFirst: true })
    const push = startPush(plan, false)
    expect(push).toMatchObject({ phase: { is: 'finding' }, hostedZone: null })
    expect(next(push, { is: 'found', hostedZone: 'Z7' })).toMatchObject({ phase: { is: 'reading' }, hostedZone: 'Z7' })
  })

  test('for its changes at once where all is known', () => {
    expect(batches(changed())).toEqual([keys])
    expect(namesOf(planFor({}))).toEqual(['example.org.', 'www.example.org.'])
  })

  test('for nothing where nothing is to be changed', () => {
    expect(startPush(planFor({}, address, { readFirst: false }), false).phase).toEqual({ is: 'done' })
  })

  test('in a dry run for what is there, and for nothing more', () => {
    const push = startPush(planFor({}, other, { readFirst: false }), true)
    expect(push.phase).toEqual({ is: 'reading' })
    const read = next(push, { is: 'read', sets: there })
    expect(read.phase).toEqual({ is: 'done' })
    expect(changesLeft(read).map(({ set }) => keyOf(set))).toEqual(keys)
  })
})

describe('what was read', () => {
  test('takes the place of what was known, and only what differs is sent', () => {
    const push = next(first(), { is: 'read', sets: there.slice(0, 1) })
    expect(push).toMatchObject({ hasRead: true, warnings: [] })
    expect(batches(push)).toEqual([keys.slice(1)])
  })

  test('settles what was unsure, but for labels that were not read', () => {
    const plan = planFor({ attempted: [keyOf({ name: 'www.example.org.', type: 'A' }), 'A old.example.org.'] })
    expect([...next(startPush(plan, false), { is: 'read', sets: there }).attempted]).toEqual(['A old.example.org.'])
  })

  test('is no drift unless it is the turn of a zone of which all was known', () => {
    const drifted = there.map(set => ({ ...set, values: [other] })).slice(0, 1)
    const warnings = (changes: Partial<RecordPlan>) =>
      next(startPush(planFor({}, address, { readFirst: true, ...changes }), false), { is: 'read', sets: drifted })
        .warnings
    expect(warnings({ isTurn: true })).toEqual([
      `zone example.org: Route 53 had A example.org 60 ${other} instead of A example.org 60 ${address}`,
      `zone example.org: Route 53 had no A record at www.example.org instead of A www.example.org 60 ${address}`,
    ])
    expect(warnings({ isTurn: false, action: 'keep' })).toHaveLength(2)
    expect(warnings({ isTurn: false, action: 'push' })).toEqual([])
    expect(warnings({ isTurn: true, unsure: ['A example.org.'] })).toEqual([])
  })

  test('may stand in the way, and is left alone', () => {
    const push = next(first(), { is: 'read', sets: [found('www.example.org', { type: 'CNAME' })] })
    expect([...push.refused.values()]).toContain('a CNAME record is at www.example.org.')
    expect(batches(push)).toEqual([keys.slice(0, 1)])
  })
})

test('a hosted zone that was found again has sets of this zone already', () => {
  const former = [{ hostedZone: 'Z7', keys: ['A www.example.org.'] }]
  const plan = planFor({ former, hostedZone: 'Z8' }, address, { hostedZone: null, readFirst: true })
  const announced = { ...plan.announced, hostedZone: null, former }
  const push = next(startPush({ ...plan, announced }, false), { is: 'found', hostedZone: 'Z7' })
  expect(push.owned.has('A www.example.org.')).toBe(true)
  expect(push.attempted.has('A www.example.org.')).toBe(true)
})

describe('what was sent', () => {
  test('and carried out is known, and the push is done', () => {
    const push = next(changed(), { is: 'changed' })
    expect(push).toMatchObject({ phase: { is: 'done' }, changed: true })
    expect(push.known.map(({ values }) => values)).toEqual([[other], [other]])
    expect(changesLeft(push)).toEqual([])
  })

  test('without an answer is unsure, and read again, five times at the most', () => {
    let push = changed()
    for (let round = 1; round < 5; round++) {
      push = next(push, { is: 'lost' })
      expect(push).toMatchObject({ phase: { is: 'reading' }, changed: true, hasRead: false })
      expect([...push.attempted].sort()).toEqual([...keys].sort())
      push = next(push, { is: 'read', sets: there })
      expect([...push.attempted]).toEqual([])
      expect(batches(push)).toEqual([keys])
    }
    const why = 'Route 53 gave no answer again and again'
    expect(next(push, { is: 'lost' }).phase).toEqual({ is: 'failed', why, isMissing: false })
  })

  test('and rejected is read before it is tried again', () => {
    const push = next(changed(), { is: 'rejected', why: 'no' })
    expect(push).toMatchObject({ phase: { is: 'reading' }, changed: false })
    expect([...push.attempted]).toEqual([])
  })

  test('and rejected although it was read is halved until the one that cannot be pushed is named', () => {
    const read = next(startPush(planFor({}, other, { readFirst: true }), false), { is: 'read', sets: there })
    const halves = next(read, { is: 'rejected', why: 'no' })
    expect(batches(halves)).toEqual([keys.slice(0, 1), keys.slice(1)])
    const named = next(halves, { is: 'rejected', why: 'no' })
    expect([...named.refused]).toEqual([[keys[0], `A example.org 60 ${other}: no`]])
    expect(next(named, { is: 'changed' })).toMatchObject({ phase: { is: 'done' }, changed: true })
  })

  test('and refused was not carried out: the push ends as it is', () => {
    const failed = { is: 'failed', why: 'time is over', isMissing: false } as const
    const push = next(changed(), failed)
    expect(push).toMatchObject({ phase: failed, changed: false, known: sets })
    expect([...push.attempted]).toEqual([])
    expect(next(first(), failed).phase).toEqual(failed)
  })
})
