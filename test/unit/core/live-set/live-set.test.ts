import { describe, expect, test } from 'vitest'
import { participantsOf } from '../../../../functions/core/judgement/participants.ts'
import { liveSetOf } from '../../../../functions/core/live-set/live-set.ts'
import { freeze, inputOf, network, now, order, orders, type Scenario, stateBefore } from '../../../helpers/core.ts'

function liveSetIn(scenario: Scenario) {
  const { network, before: state, probing } = inputOf(scenario)
  return liveSetOf(participantsOf(network, state, probing, now), state, network.settings, now)
}

const spent = { rotations: [now - 60_000] }
const one = { dnschange_maxfreq: 1 }
const failing = { b: 'refused' as const }

describe('the live set after a cycle', () => {
  test('the first one is what selection gives, and counts as a rotation', () => {
    expect(liveSetIn({ network: network('abc') })).toMatchObject({
      live: ['a', 'b'],
      recorded: [],
      answer: 'rotate',
      held: null,
      isFrozen: false,
    })
  })

  test('a failing edge gives way', () => {
    const found = liveSetIn({ network: network('abc'), before: stateBefore({ live: ['a', 'b'] }), edges: failing })
    expect(found).toMatchObject({ live: ['a', 'c'], answer: 'rotate' })
  })

  test('an unchanged one is the same', () => {
    const found = liveSetIn({ network: network('abc'), before: stateBefore({ live: ['b', 'c'] }) })
    expect(found).toMatchObject({ live: ['b', 'c'], answer: 'same', warnings: [] })
  })

  test('where nobody can be live, the recorded one stays (behaviour §4.5)', () => {
    const state = stateBefore({ live: ['a'], orders: orders(order('a', 'unavailable')) })
    const found = liveSetIn({ network: network('ab'), before: state, edges: failing })
    expect(found).toMatchObject({ live: ['a'], decided: [], answer: 'nothing' })
  })

  test('where the recorded one is lost, there is nothing to compare with', () => {
    expect(liveSetIn({ network: network('abc'), before: stateBefore({ live: null }) })).toMatchObject({ recorded: [] })
  })
})

describe('a spent budget (behaviour §5)', () => {
  test('holds the recorded set and says why', () => {
    const state = stateBefore({ live: ['a', 'b'], ...spent })
    expect(liveSetIn({ network: network('abc', one), before: state, edges: failing })).toMatchObject({
      live: ['a', 'b'],
      decided: ['a', 'c'],
      answer: 'suppressed',
      held: 'the budget of 1 rotation in 600 s is spent',
      isFrozen: false,
    })
  })
})

describe('a frozen network (behaviour §5)', () => {
  const held = { live: ['a', 'b'], decided: ['a', 'c'], answer: 'suppressed', held: 'the network is frozen' }

  test.each([
    ['for ever', freeze(), 'the network is frozen by root: "launch"'],
    [
      'until a time',
      freeze({ expires: now + 1 }),
      'the network is frozen until 2026-01-01 12:00:30 UTC by root: "launch"',
    ],
    [
      'by an order that cannot be read',
      'unreadable' as const,
      'the freeze cannot be read: it counts as given; thaw or freeze again',
    ],
  ])('%s holds its live set', (_, order, warning) => {
    const state = stateBefore({ live: ['a', 'b'], freeze: order })
    expect(liveSetIn({ network: network('abc'), before: state, edges: failing })).toMatchObject({
      ...held,
      isFrozen: true,
      warnings: [warning],
    })
  })

  test('is frozen, and held back nothing, where the same set was decided', () => {
    const found = liveSetIn({ network: network('abc'), before: stateBefore({ live: ['a', 'b'], freeze: freeze() }) })
    expect(found).toMatchObject({ answer: 'same', isFrozen: true, held: null })
  })

  test('by a clock that was ahead, too, and says so', () => {
    const given = freeze({ since: now + 7_200_000 })
    const found = liveSetIn({ network: network('abc'), before: stateBefore({ live: ['a', 'b'], freeze: given }) })
    expect(found.isFrozen).toBe(true)
    expect(found.warnings).toContain(
      'the freeze is dated ahead of the clock, 2026-01-01 14:00:30 UTC: freeze again, or thaw',
    )
  })

  test('thaws by itself at its expiry, and says so', () => {
    const state = stateBefore({ live: ['a', 'b'], freeze: freeze({ expires: now }) })
    expect(liveSetIn({ network: network('abc'), before: state, edges: failing })).toMatchObject({
      live: ['a', 'c'],
      answer: 'rotate',
      isFrozen: false,
      warnings: ['the freeze by root: "launch" expired at 2026-01-01 12:00:30 UTC'],
    })
  })
})

describe.each([
  ['spent budget', spent, one],
  ['freeze', { freeze: freeze() }, {}],
])('a %s gives way', (_, held, settings) => {
  test.each<[string, Omit<Scenario, 'before' | 'network'>, Parameters<typeof stateBefore>[0], string[]]>([
    ['where the recorded set holds no passing edge', { edges: { a: 'timeout', b: 'timeout' } }, {}, ['a', 'c']],
    ['where an unavailable edge is live', {}, { orders: orders(order('b', 'unavailable')) }, ['a', 'c']],
    ['where a forced edge is not live', {}, { orders: orders(order('c', 'force')) }, ['a', 'c']],
    [
      'where a blindforced edge is not live',
      { edges: { c: 'timeout' } },
      { orders: orders(order('c', 'blindforce')) },
      ['a', 'c'],
    ],
  ])('%s', (_, scenario, changes, live) => {
    const state = stateBefore({ live: ['a', 'b'], ...held, ...changes })
    expect(liveSetIn({ network: network('abc', settings), before: state, ...scenario })).toMatchObject({ live })
  })

  test('where a live edge has left the configuration', () => {
    const state = stateBefore({ live: ['a', 'x'], ...held })
    expect(liveSetIn({ network: network('abc', settings), before: state })).toMatchObject({ live: ['a', 'b'] })
  })

  test('not for a forced edge that fails', () => {
    const state = stateBefore({ live: ['a', 'b'], ...held, orders: orders(order('c', 'force')) })
    const found = liveSetIn({
      network: network('abcd', settings),
      before: state,
      edges: { b: 'timeout', c: 'timeout' },
    })
    expect(found).toMatchObject({ live: ['a', 'b'], answer: 'suppressed' })
  })
})

describe('the brake (behaviour §10.3)', () => {
  const words = '2 of 2 live edges failed at once and the brake holds the set for up to 1 cycle'
  const scene = (changes: Partial<Scenario> = {}) =>
    liveSetIn({
      network: network('abcd', { brake: 0.5 }),
      before: stateBefore({ live: ['a', 'b'] }),
      edges: { a: 'refused', b: 'refused' },
      ...changes,
    })

  test('holds the recorded set, though none of it passes, and says why', () => {
    expect(scene()).toMatchObject({
      ...{ live: ['a', 'b'], decided: ['c', 'd'], answer: 'suppressed', held: words },
      ...{ isBraked: true, braked: words, warnings: [] },
    })
  })

  test('is said where there is nothing to hold back, and beside a freeze', () => {
    expect(scene({ network: network('ab', { brake: 0.5 }) })).toMatchObject({
      answer: 'same',
      held: null,
      isBraked: true,
    })
    const before = stateBefore({ live: ['a', 'b'], freeze: freeze() })
    expect(scene({ before })).toMatchObject({ live: ['a', 'b'], isFrozen: true, isBraked: true, held: words })
  })

  test('gives way to an order', () => {
    const before = stateBefore({ live: ['a', 'b'], orders: orders(order('a', 'unavailable')) })
    expect(scene({ before })).toMatchObject({ live: ['c', 'd'], answer: 'rotate', isBraked: true })
  })
})
