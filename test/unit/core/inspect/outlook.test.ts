import { describe, expect, test } from 'vitest'
import type { Network } from '../../../../functions/core/config/network.ts'
import { utcWords } from '../../../../functions/core/domain/time-words.ts'
import { lookBack } from '../../../../functions/core/inspect/lookback.ts'
import { budgetFree, outlookOf } from '../../../../functions/core/inspect/outlook.ts'
import type { Rule } from '../../../../functions/core/live-set/select.ts'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { freeze, network, now, order, orders, runAgo, stateBefore } from '../../../helpers/core.ts'

/** What would change where an edge is, by the newest recorded cycle. */
function outlook(name: string, net: Network, stored: Before, livePassing = 1): string[] {
  const told = lookBack(net, stored, now)
  const edge = told?.participants.edges.find(one => one.name === name)
  if (told === null || edge === undefined) throw new Error('nothing is told')
  const rule = told.liveSet.rules.get(name) as Rule
  return outlookOf({ edge, rule, liveSet: told.liveSet, livePassing, settings: net.settings, stored, now })
    .changes as string[]
}

const live = (how: number | 'refused' = 0.1) => ({ how, live: true }) as const
const place = 'a free place: 1 of 1 are healthy'

describe('an edge in rotation', () => {
  test('that is good stays until it fails or slows down', () => {
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live() })] })
    expect(outlook('a', network('a', { stay_factor: 2, down_after: 3 }), stored)).toEqual([
      '3 failed probes in a row',
      'a fetch of 1 s or longer, with a better edge standing by',
      'an order: unavailable',
    ])
  })

  test('that failed once has fewer failures left', () => {
    const stored = stateBefore({
      live: ['a'],
      runs: [
        runAgo(120, { a: live() }),
        runAgo(60, { a: { how: 'refused', judgement: 'pass_threshold', live: true } }),
      ],
    })
    const three = network('a', { down_after: 3 })
    expect(outlook('a', three, stored)[0]).toBe('2 more failed probes in a row')
    expect(outlook('a', network('a', { down_after: 2 }), stored)[0]).toBe('1 more failed probe')
  })

  test('that is slow gives way to a better one', () => {
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live(2) })] })
    expect(outlook('a', network('a'), stored)[1]).toBe('a better judged edge; a fetch under 0.5 s makes it stay')
  })

  test('that is ordered stays while the order lasts', () => {
    const given = orders(order('a', 'force', { expires: now + 4_320_000 }), order('b', 'blindforce'))
    const runs = [runAgo(60, { a: live(), b: live() })]
    const stored = stateBefore({ live: ['a', 'b'], runs, orders: given })
    expect(outlook('a', network('ab'), stored)).toEqual([
      'the end of the order force by root ("maintenance"): it expires in 1 h 12 m',
      '1 failed probe: force holds a passing edge only',
    ])
    expect(outlook('b', network('ab'), stored)).toEqual([
      'the end of the order blindforce by root ("maintenance"): it does not expire',
    ])
  })

  test('that answers again gives way to any that passes', () => {
    const again = { how: 0.1, judgement: 'fail', live: true } as const
    const stored = stateBefore({ live: ['a'], runs: [runAgo(120, { a: live('refused') }), runAgo(60, { a: again })] })
    expect(outlook('a', network('a', { up_after: 3 }), stored)[1]).toBe(
      '2 more good probes in a row, which makes it pass and stay',
    )
  })

  test('that fails gives way to any that passes', () => {
    const stored = stateBefore({
      live: ['a'],
      runs: [runAgo(120, { a: live() }), runAgo(60, { a: live('refused') })],
    })
    expect(outlook('a', network('a'), stored)).toEqual([
      'an edge that passes, which takes its place',
      '1 more good probe, which makes it pass and stay',
    ])
  })
})

describe('an edge out of rotation', () => {
  const one = network('ab', { edge_count: 1, up_after: 3 })

  test('that fails needs good probes and a place', () => {
    const runs = [runAgo(60, { a: live(), b: 'refused' })]
    expect(outlook('b', one, stateBefore({ live: ['a'], runs }))).toEqual([
      `3 more good probes in a row, and ${place}`,
      'an order: blindforce',
    ])
    const later = [...runs, runAgo(0, { a: live(), b: { how: 0.1, judgement: 'fail' } })]
    expect(outlook('b', one, stateBefore({ live: ['a'], runs: later }))[0]).toBe(
      `2 more good probes in a row, and ${place}`,
    )
  })

  test('that passes needs a place', () => {
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live(), b: 0.1 })] })
    expect(outlook('b', one, stored)).toEqual([place, 'an order: force or blindforce'])
    expect(outlook('b', one, stored, 0)[0]).toBe('a free place: 0 of 1 are healthy, so the next passing edge comes in')
  })

  test('that is ordered away waits for the end of the order', () => {
    const given = orders(order('b', 'unavailable', { expires: now + 60_000 }))
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live(), b: 0.1 })], orders: given })
    expect(outlook('b', one, stored)).toEqual([
      'the end of the order unavailable by root ("maintenance"): it expires in 1 m',
      place,
    ])
    const failing = { ...stored, history: stateBefore({ runs: [runAgo(60, { a: live(), b: 'refused' })] }).history }
    expect(outlook('b', one, failing, 0)).toHaveLength(2)
    expect(outlook('b', one, stored, 0)).toHaveLength(1)
    const unreadable = { ...stored, orders: new Map([['b', 'unreadable' as const]]) }
    expect(outlook('b', one, unreadable)[0]).toBe(
      'the order for b, given again: it cannot be read, and counts as unavailable',
    )
  })

  test('without an address, with the same one, or never judged, needs just that', () => {
    const nameless = {
      ...one,
      edges: [
        { name: 'a', address: '192.0.2.1' },
        { name: 'b', address: null },
      ],
    }
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live(), b: 'dns_error' })] })
    expect(outlook('b', nameless, stored)).toEqual(['an address: its name must resolve'])
    const twins = { ...one, edges: ['a', 'b'].map(name => ({ name, address: '192.0.2.1' })) }
    expect(outlook('b', twins, stored)).toEqual([
      'a, which has the same address, must leave the edge list or be ordered unavailable',
    ])
    const unseen = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live() })] })
    expect(outlook('b', one, unseen)).toEqual(['a probe that finishes', place])
  })

  test('whose failure is not held against it yet needs a good probe', () => {
    const held = { how: 'refused', judgement: 'pass_threshold' } as const
    const stored = stateBefore({
      live: ['a'],
      runs: [runAgo(120, { a: live(), b: 0.1 }), runAgo(60, { a: live(), b: held })],
    })
    const two = network('ab', { edge_count: 2, down_after: 3 })
    expect(outlook('b', two, stored)).toEqual(['1 more good probe'])
  })
})

describe('an edge whose decision is held back', () => {
  const runs = [runAgo(120, { a: live(), b: live(), c: 0.1 }), runAgo(60, { a: live(), b: live('refused'), c: 0.1 })]
  const frozen = (given: Before['freeze']) => stateBefore({ live: ['a', 'b'], runs, freeze: given })

  test('by a freeze', () => {
    const stored = frozen(freeze({ expires: now + 60_000 }))
    expect(outlook('b', network('abc'), stored)).toEqual([
      'the end of the freeze by root ("launch"): it expires in 1 m; it then leaves',
    ])
    expect(outlook('c', network('abc'), stored)[0]).toMatch(/it then comes in$/)
    expect(outlook('b', network('abc'), frozen('unreadable'))[0]).toMatch(/^a freeze or thaw given again/)
  })

  test('by the budget, until that has room', () => {
    const tight = network('abc', { dnschange_maxfreq: 2 })
    const rotations = [now - 590_000, now - 300_000, now - 200_000]
    const free = utcWords(now + 300_001)
    expect(outlook('b', tight, stateBefore({ live: ['a', 'b'], runs, rotations }))).toEqual([
      `the rotation budget, which is spent until ${free} (5 m from now); it then leaves`,
    ])
    const over = stateBefore({ live: ['a', 'b'], runs, rotations: [now - 630_000, now - 620_000] })
    expect(outlook('b', tight, over)).toEqual(['the next cycle: it then leaves'])
  })

  test('by nothing but time', () => {
    const given = orders(order('a', 'unavailable'))
    const stored = stateBefore({ live: ['a'], runs: [runAgo(60, { a: live(), b: 0.1 })], orders: given })
    expect(outlook('a', network('ab', { edge_count: 1 }), stored)).toEqual(['the next cycle: it then leaves'])
  })

  test('because nobody can be live', () => {
    const given = orders(order('a', 'unavailable'))
    const past = [runAgo(120, { a: live() }), runAgo(60, { a: live() })]
    const stored = stateBefore({ live: ['a'], runs: past, orders: given })
    expect(outlook('a', network('a'), stored)).toEqual(['an edge that can be live: until then nothing is published'])
  })
})

describe('for the sake of an IPv4 address (behaviour §4.7)', () => {
  const edges = [
    { name: 'a', address: '2001:db8::a' },
    { name: 'b', address: '192.0.2.2' },
  ]
  const net = { ...network('ab', { edge_count: 1 }), edges }

  test('an edge stays like any other', () => {
    const stored = stateBefore({ live: ['b'], runs: [runAgo(60, { a: 0.1, b: live(3) })] })
    expect(outlook('b', net, stored)[0]).toBe('1 failed probe')
  })

  test('one that gave its place waits for another', () => {
    const stored = stateBefore({ live: ['b'], runs: [runAgo(60, { a: 0.1, b: live(3) })] })
    expect(outlook('a', net, stored)).toEqual([
      'another live edge with an IPv4 address besides b',
      place,
      'an order: force or blindforce',
    ])
  })
})

test('a budget that was spent ahead of time is free a window from now', () => {
  const ahead = [now - 5000, now + 7_200_000]
  expect(budgetFree(ahead, network('a', { dnschange_maxfreq: 1, dnschange_window: 600 }).settings, now)).toBe(
    now + 600_001,
  )
})

test('an unlimited budget is never spent', () => {
  expect(budgetFree([now], network('a', { dnschange_maxfreq: 0 }).settings, now)).toBeNull()
})

test('one that the brake holds leaves in the next cycles (behaviour §10.3)', () => {
  const net = network('abcd', { edge_count: 2, brake: 0.5 })
  const ok = { c: 0.1, d: 0.1 }
  const runs = [
    runAgo(120, { a: live(), b: live(), ...ok }),
    runAgo(60, { a: live('refused'), b: live('refused'), ...ok }),
  ]
  expect(outlook('a', net, stateBefore({ live: ['a', 'b'], runs }))).toEqual([
    'the next cycles: 2 of 2 live edges failed at once and the brake holds the set for up to 1 cycle; it then leaves, unless more edges fail',
  ])
})
