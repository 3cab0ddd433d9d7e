import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import {
  configuredId,
  inTurn,
  isTurnOf,
  planRecords,
  type RecordPlan,
  type RecordPlanContext,
} from '../../../../functions/core/route53/record-plan.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { desiredSets, keyOf } from '../../../../functions/core/zone/record-set.ts'
import { now } from '../../../helpers/core.ts'
import { networkOf, settingsOf, zoneOf } from '../../../helpers/world.ts'

const ids = { 'Example.ORG.': 'Z1' }

function networkWith(route53: Partial<Settings['route53']> = {}, zones = [zoneOf('example.org')]) {
  const settings = settingsOf({ route53: { ...settingsOf().route53, enabled: true, zones: ids, ...route53 } })
  return networkOf([], { settings, zones })
}

function planned(pushed: Pushed | null, changes: Partial<RecordPlanContext> = {}): RecordPlan {
  const known = new Map(pushed === null ? [] : [['example.org', pushed]])
  const facts = { network: networkWith({ verify_every: 0 }), cycle: 0, now, forceUpdate: false }
  const [plan] = planRecords({ ...facts, pushed: known, addresses: () => ['192.0.2.1'], ...changes })
  return plan as RecordPlan
}

const sets = desiredSets('example.org', ['www'], 60, ['192.0.2.1'])
const pushed: Pushed = { hostedZone: 'Z1', sets, attempted: [], due: null }

test('a push that a wrong clock dated ahead has waited since now, and waits behind nobody', () => {
  expect(planned({ ...pushed, due: now + 7_200_000 }).announced.due).toBe(now)
  expect(planned({ ...pushed, due: now - 5000 }).announced.due).toBe(now - 5000)
})

describe('the plan for a zone', () => {
  test.each([
    ['never pushed', null, 'push', 'not pushed before', true],
    ['as it should be', pushed, 'keep', 'nothing changed', false],
    [
      'other addresses',
      { ...pushed, sets: sets.map(set => ({ ...set, values: ['192.0.2.9'] })) },
      'push',
      'its addresses changed',
      false,
    ],
    ['a new rotate label', { ...pushed, sets: sets.slice(0, 1) }, 'push', 'its addresses changed', true],
    ['due, time ran out', { ...pushed, due: 5 }, 'push', 'an earlier push was not confirmed', false],
    [
      'due, an answer lost',
      { ...pushed, due: 5, attempted: ['A example.org.'] },
      'push',
      'an earlier push was not confirmed',
      true,
    ],
    ['on again', { ...pushed, sets: [], attempted: ['A example.org.'] }, 'push', 'what is there is not known', true],
    ['another hosted zone', { ...pushed, hostedZone: 'Z0', due: 5 }, 'push', 'not pushed before', true],
  ] as const)('%s', (_what, state, action, reason, readFirst) => {
    const plan = planned(state)
    expect(plan).toMatchObject({ action, reason, readFirst, hostedZone: 'Z1' })
    expect(plan.announced.due).toBe(state?.due ?? now)
  })

  test('announces what it may change, and what an earlier push may have', () => {
    const state = { ...pushed, sets: sets.slice(0, 1), attempted: ['AAAA example.org.'], due: 5 }
    expect(planned(state).announced.attempted).toEqual(['A www.example.org.', 'AAAA example.org.'])
    expect([...planned(state).owned].sort()).toEqual(['A example.org.', 'AAAA example.org.'])
  })

  test('what was published in another hosted zone is announced with the rest, and owned on the return', () => {
    const away = planned({ ...pushed, hostedZone: 'Z0' }).announced
    expect(away).toMatchObject({ hostedZone: 'Z1', former: [{ hostedZone: 'Z0', keys: sets.map(keyOf) }] })
    const network = networkWith({ zones: { 'example.org': 'Z0' } })
    expect([...planned(away, { network }).owned]).toEqual(sets.map(keyOf))
  })

  test('an id that is not configured is the one remembered, or is to be looked up', () => {
    const network = networkWith({ zones: {} })
    expect(planned(pushed, { network }).hostedZone).toBe('Z1')
    expect(planned(null, { network }).hostedZone).toBeNull()
    expect(planned({ hostedZone: null, sets: [], attempted: [], due: 7 }, { network })).toMatchObject({
      action: 'push',
    })
    expect(configuredId(ids, 'example.org')).toBe('Z1')
    expect(configuredId(ids, 'example.net')).toBeNull()
  })

  test('its turn, or an update that is forced, reads it back', () => {
    expect(planned(pushed, { forceUpdate: true })).toMatchObject({ action: 'verify', readFirst: true })
    const changed = { ...pushed, sets: sets.map(set => ({ ...set, values: ['192.0.2.9'] })) }
    expect(planned(changed, { forceUpdate: true })).toMatchObject({ action: 'push', readFirst: true, isTurn: true })
    const network = networkWith({ verify_every: 3 })
    const actions = [0, 1, 2, 3, 4, 5].map(cycle => planned(pushed, { network, cycle }).action)
    expect(actions.filter(action => action === 'verify')).toHaveLength(2)
    expect(actions.slice(0, 3)).toEqual(actions.slice(3))
  })

  test('nothing is planned where Route 53 is off, nor for a zone that is not to be published', () => {
    const facts = { pushed: new Map(), cycle: 0, now, forceUpdate: false, addresses: () => ['192.0.2.1'] }
    expect(planRecords({ ...facts, network: networkWith({ enabled: false }) })).toEqual([])
    const unpublishable = { ...zoneOf('example.org'), publishable: false }
    expect(planRecords({ ...facts, network: networkWith({}, [unpublishable]) })).toEqual([])
  })
})

test('zones are read back once in a round, and spread over it', () => {
  const zones = Array.from({ length: 600 }, (_, n) => `zone${n}.example`)
  const perCycle = Array.from({ length: 60 }, (_, cycle) => zones.filter(zone => isTurnOf(zone, cycle + 7, 60)).length)
  expect(perCycle.reduce((sum, count) => sum + count)).toBe(600)
  expect(Math.max(...perCycle)).toBeLessThan(30)
  expect(zones.some(zone => isTurnOf(zone, 7, 0))).toBe(false)
})

test('who has waited longest comes first, who is only read back last', () => {
  const plan = (zone: string, due: number | null): RecordPlan => ({
    ...planned(pushed),
    ...{ zone, action: due === null ? 'verify' : 'push', announced: { ...pushed, due } },
  })
  const plans = [plan('read', null), plan('new', 9), plan('old', 3), plan('also read', null), plan('newer', 9)]
  expect(inTurn(plans).map(({ zone }) => zone)).toEqual(['old', 'new', 'newer', 'read', 'also read'])
})
