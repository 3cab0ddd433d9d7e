import { describe, expect, test } from 'vitest'
import { noSamples } from '../../../../functions/core/history/total.ts'
import { type Candidate, isOrderedLive, select } from '../../../../functions/core/live-set/select.ts'
import { addressOf, candidate } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

type Changes = Parameters<typeof candidate>[1]
const live: Changes = { isLive: true }
const fail: Changes = { judgement: 'fail', outcome: 'refused', seconds: 10 }
const helper: Changes = { judgement: 'fail', waitsForUpAfter: true }

/** Candidates by name, and what is selected of them; the names of the selected in one word. */
function choose(candidates: Record<string, Changes>, settings: Parameters<typeof settingsOf>[0] = {}) {
  const all = Object.entries(candidates).map(([name, changes]) => candidate(name, changes))
  const selection = select(all, settingsOf(settings))
  return { ...selection, names: selection.live.join(''), rule: (name: string) => selection.rules.get(name) }
}

type Row = [rule: string, candidates: Record<string, Changes>, settings: Parameters<typeof settingsOf>[0], live: string]

describe('orders (behaviour §4.1)', () => {
  const rows: Row[] = [
    ['blindforce is live, failing or not', { a: {}, b: {}, c: { ...fail, mode: 'blindforce' } }, {}, 'ac'],
    ['force is live where it passes', { a: {}, b: {}, c: { mode: 'force', judgement: 'pass', seconds: 9 } }, {}, 'ac'],
    [
      'force is live where down_after holds its judgement',
      { a: {}, b: {}, c: { mode: 'force', outcome: 'timeout' } },
      {},
      'ac',
    ],
    ['force is nothing where it fails', { a: {}, b: {}, c: { ...fail, mode: 'force' } }, {}, 'ab'],
    ['force is nothing where it was never judged', { a: {}, b: {}, c: { mode: 'force', judgement: null } }, {}, 'ab'],
    ['unavailable takes no part', { a: { ...live, mode: 'unavailable' }, b: {}, c: {} }, {}, 'bc'],
    ['orders take the places of incumbents', { a: live, b: { ...live, seconds: 0.2 }, c: { mode: 'force' } }, {}, 'ac'],
    [
      'more orders than places: all of them, and nothing else',
      { a: live, b: { mode: 'blindforce' }, c: { mode: 'force' }, d: { ...fail, mode: 'blindforce' } },
      {},
      'bcd',
    ],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })

  test('a warning says when there are more orders than places, not when there are just as many', () => {
    const ordered: Changes = { mode: 'blindforce' }
    expect(choose({ a: ordered, b: ordered }).warnings).toEqual([])
    expect(choose({ a: ordered, b: ordered, c: ordered }).warnings).toEqual([
      '3 edges are ordered live, more than edge_count (2)',
    ])
  })

  test.each<[Candidate['mode'], Candidate['judgement'], boolean]>([
    ['blindforce', 'fail', true],
    ['blindforce', null, true],
    ['force', 'pass', true],
    ['force', 'fail', false],
    ['force', null, false],
    ['available', 'pass_threshold', false],
    ['unavailable', 'pass_threshold', false],
  ])('rule 4.1: %s and %s: %s', (mode, judgement, expected) => {
    expect(isOrderedLive({ mode, judgement })).toBe(expected)
  })
})

describe('incumbents (behaviour §4.2)', () => {
  const rows: Row[] = [
    [
      'stay, however much better others are',
      { a: {}, b: {}, c: { ...live, seconds: 0.4 }, d: { ...live, seconds: 0.4 } },
      {},
      'cd',
    ],
    [
      'too many: the lowest averages stay',
      { a: { ...live, seconds: 0.3 }, b: { ...live, seconds: 0.2 }, c: live },
      {},
      'bc',
    ],
    ['too many and equal: the name', { c: live, b: live, a: live }, {}, 'ab'],
    [
      'are those judged pass_threshold: others hold no place',
      { a: { ...live, judgement: 'pass_window' }, b: { ...live, seconds: 0.4 }, c: {} },
      {},
      'bc',
    ],
    [
      'stay on a failed probe that down_after forgives',
      { a: { ...live, outcome: 'timeout', seconds: 5 }, b: live, c: {}, d: {} },
      {},
      'ab',
    ],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })
})

describe('fill (behaviour §4.3)', () => {
  const rows: Row[] = [
    [
      'by judgement first',
      {
        a: { judgement: 'pass' },
        b: { judgement: 'pass_average', seconds: 0.2 },
        c: { judgement: 'pass_window', seconds: 0.3 },
        d: { seconds: 0.4 },
      },
      {},
      'cd',
    ],
    [
      '… then pass_average',
      { a: { judgement: 'pass' }, b: { judgement: 'pass_average', seconds: 3 }, c: {} },
      {},
      'bc',
    ],
    [
      '… incumbents first within a judgement',
      {
        a: { judgement: 'pass_window' },
        b: { ...live, judgement: 'pass_window', seconds: 0.4 },
        c: { judgement: 'pass' },
      },
      { edge_count: 1 },
      'b',
    ],
    [
      '… but not before a better judgement',
      { a: { judgement: 'pass_window', seconds: 0.4 }, b: { ...live, judgement: 'pass' } },
      { edge_count: 1 },
      'a',
    ],
    ['… then the lowest average', { a: { seconds: 0.3 }, b: { seconds: 0.2 }, c: { seconds: 0.1 } }, {}, 'bc'],
    ['… then the name', { c: {}, b: {}, a: {} }, {}, 'ab'],
    [
      'no average comes last',
      { a: { average: noSamples, judgement: 'pass' }, b: { judgement: 'pass' } },
      { edge_count: 1 },
      'b',
    ],
    [
      'a newcomer whose probe failed is never added',
      { a: live, b: { outcome: 'timeout' }, c: { judgement: 'pass' } },
      {},
      'ac',
    ],
    ['… not even where a place stays empty', { a: live, b: { outcome: 'timeout' } }, {}, 'a'],
    [
      'an incumbent whose probe failed is',
      { a: { ...live, judgement: 'pass', outcome: 'timeout' }, b: live },
      {},
      'ab',
    ],
    ['a newcomer that was skipped is', { a: live, b: { outcome: 'skipped' } }, {}, 'ab'],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })
})

describe('rotation: reselect (behaviour §4.3)', () => {
  const reselect = { rotation: 'reselect' as const }
  const rows: Row[] = [
    [
      'changes nothing while no place is to be filled',
      { a: {}, b: { ...live, seconds: 0.3 }, c: { ...live, seconds: 0.4 } },
      reselect,
      'bc',
    ],
    [
      'chooses the whole set afresh when one is',
      { a: {}, b: { seconds: 0.2 }, c: { ...live, seconds: 0.4 }, d: { ...live, ...fail } },
      reselect,
      'ab',
    ],
    [
      '… without preference for incumbents',
      { a: { judgement: 'pass' }, b: { ...live, judgement: 'pass', seconds: 0.4 } },
      { ...reselect, edge_count: 1 },
      'a',
    ],
    ['… orders stay', { a: {}, b: { seconds: 0.2 }, c: { mode: 'force', seconds: 0.4 } }, reselect, 'ac'],
    [
      '… and newcomers whose probe failed stay out',
      { a: { outcome: 'timeout' }, b: { ...live, seconds: 0.4 }, c: { seconds: 0.3 } },
      reselect,
      'bc',
    ],
    [
      'an ordered incumbent fills one place, not two',
      { a: {}, b: { ...live, mode: 'force', seconds: 0.4 } },
      { ...reselect, edge_count: 1 },
      'b',
    ],
    [
      'too many incumbents need no filling: the lowest averages stay',
      { a: {}, b: { ...live, seconds: 0.3 }, c: { ...live, seconds: 0.4 }, d: { ...live, seconds: 0.2 } },
      reselect,
      'bd',
    ],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })

  test('ordered places and incumbents count together: none is left to fill', () => {
    const candidates = {
      a: {},
      b: { ...live, seconds: 0.4 },
      c: { ...live, mode: 'blindforce' as const, seconds: 0.4 },
    }
    expect(choose(candidates, reselect).names).toBe('bc')
  })
})

describe('shortage (behaviour §4.4)', () => {
  const shrink = { on_shortage: 'shrink' as const, edge_count: 3 }
  const rows: Row[] = [
    [
      'keep: edges that answered and want but up_after come first',
      { a: {}, b: { ...live, ...fail, seconds: 1 }, c: helper },
      {},
      'ac',
    ],
    ['… incumbents before others', { a: {}, b: helper, c: { ...live, ...helper, seconds: 0.4 } }, {}, 'ac'],
    ['… then the lowest average', { a: {}, b: { ...helper, seconds: 0.3 }, c: { ...helper, seconds: 0.2 } }, {}, 'ac'],
    ['… then the name', { a: {}, c: helper, b: helper }, {}, 'ab'],
    ['keep: then failing members of the recorded set', { a: {}, b: { ...live, ...fail }, c: fail }, {}, 'ab'],
    [
      '… the lowest average first',
      { a: {}, b: { ...live, ...fail, seconds: 9 }, c: { ...live, ...fail, seconds: 8 } },
      {},
      'ac',
    ],
    ['… then the name', { a: {}, c: { ...live, ...fail }, b: { ...live, ...fail } }, {}, 'ab'],
    ['… one never judged counts as failing', { a: {}, b: { ...live, judgement: null, outcome: 'skipped' } }, {}, 'ab'],
    ['keep: no failing edge comes in from outside', { a: {}, b: fail, c: { ...fail, mode: 'force' } }, {}, 'a'],
    [
      'keep: unavailable edges do not come back as a last resort',
      { a: {}, b: { ...live, ...fail, mode: 'unavailable' } },
      {},
      'a',
    ],
    [
      'keep: all passing edges are in before any of them',
      { a: { judgement: 'pass', seconds: 5 }, b: {}, c: { ...live, ...fail } },
      {},
      'ab',
    ],
    ['shrink: those that pass stand alone', { a: {}, b: {}, c: { ...live, ...fail }, d: helper }, shrink, 'ab'],
    [
      'shrink: exactly min_edges is enough',
      { a: {}, b: {}, c: { ...live, ...fail } },
      { ...shrink, min_edges: 2 },
      'ab',
    ],
    [
      'shrink: fewer behaves as keep',
      { a: {}, b: { ...live, ...fail }, c: helper },
      { ...shrink, min_edges: 2 },
      'abc',
    ],
    ['shrink: the default min_edges is one', { a: { ...live, ...fail }, b: { ...live, ...fail } }, shrink, 'ab'],
    [
      'shrink: an ordered edge that fails does not count as passing',
      { a: { ...fail, mode: 'blindforce' }, b: {}, c: { ...live, ...fail } },
      { ...shrink, min_edges: 2 },
      'abc',
    ],
    [
      'shrink: … but is published with those that do',
      { a: { ...fail, mode: 'blindforce' }, b: {}, c: { ...live, ...fail } },
      shrink,
      'ab',
    ],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })
})

describe('one address, one edge (behaviour §4)', () => {
  const twin = { address: addressOf('a') }
  const rows: Row[] = [
    ['the first by name takes part', { b: twin, a: twin, c: {} }, {}, 'ac'],
    ['the live one before it', { a: twin, b: { ...twin, ...live }, c: {} }, {}, 'bc'],
    [
      'one that 4.1 makes live before both',
      { a: { ...twin, ...live }, b: { ...twin, mode: 'blindforce', ...fail }, c: {} },
      {},
      'bc',
    ],
    [
      'of two such the live one',
      { a: { ...twin, mode: 'force' }, b: { ...twin, ...live, mode: 'force' }, c: {} },
      {},
      'bc',
    ],
    [
      'an unavailable one does not stand in the other’s way',
      { a: { ...twin, ...live, mode: 'unavailable' }, b: twin, c: {} },
      {},
      'bc',
    ],
    [
      'a force that fails is no order that counts',
      { a: twin, b: { ...twin, ...fail, mode: 'force' }, c: {} },
      {},
      'ac',
    ],
    ['the one that takes part may fail all the same', { a: { ...twin, ...fail }, b: twin, c: {} }, {}, 'c'],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })

  test('the others are out with that reason', () => {
    expect(choose({ a: twin, b: twin }).rule('b')).toEqual({ state: 'out', by: 'same_address', as: 'a' })
  })
})

describe('no address, no part (behaviour §4)', () => {
  test('an edge for which no address is known is out', () => {
    const found = choose({ a: { address: null }, b: {}, c: { address: null } })
    expect(found).toMatchObject({ names: 'b', warnings: [] })
    expect(found.rule('a')).toEqual({ state: 'out', by: 'no_address' })
  })

  test.each(['force', 'blindforce'] as const)('a warning says so when it is ordered live by %s', mode => {
    const found = choose({ a: { address: null, mode }, b: {} })
    expect(found).toMatchObject({ names: 'b', warnings: [`a is ordered ${mode}, but no address of it is known`] })
  })

  test('an unavailable edge without one is out for its order', () => {
    const found = choose({ a: { address: null, mode: 'unavailable' } })
    expect(found.rule('a')).toEqual({ state: 'out', by: 'unavailable' })
    expect(found.warnings).toEqual([])
  })
})

describe('wrong bytes last (behaviour §4.4)', () => {
  const wrong: Changes = { ...live, judgement: 'fail', outcome: 'verify_failed', seconds: 0.1 }
  const dead: Changes = { ...live, ...fail }
  test.each<Row>([
    ['of failing members those that serve nothing stay', { a: wrong, b: dead, c: dead }, {}, 'bc'],
    ['one that serves wrong bytes only where a place is left', { a: wrong, b: dead }, {}, 'ab'],
    ['of several such the lowest averages', { a: { ...wrong, seconds: 3 }, b: wrong, c: wrong }, {}, 'bc'],
    ['whatever their averages', { a: wrong, b: { ...dead, seconds: 15 } }, { edge_count: 1 }, 'b'],
    [
      'every other failure is like any other',
      { a: dead, b: { ...dead, outcome: 'bad_status', seconds: 1 } },
      { edge_count: 1 },
      'b',
    ],
  ])('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
  })
})

describe('families (behaviour §4.7)', () => {
  const v6 = (name: string, changes: Changes = {}): Changes => ({ address: `2001:db8::${name}`, ...changes })
  const slow: Changes = { judgement: 'pass', seconds: 9 }
  const rows: Row[] = [
    [
      'the best IPv4 edge takes the place of the one chosen last',
      { a: v6('a'), b: v6('b'), c: slow, d: { ...slow, seconds: 8 } },
      {},
      'ad',
    ],
    ['of one place, too', { a: v6('a', live), b: slow }, { edge_count: 1 }, 'b'],
    [
      'a live one is better than one that is not',
      { a: v6('a'), b: v6('b'), c: { ...slow, ...live }, d: slow },
      {},
      'ac',
    ],
    [
      'unless it is chosen afresh',
      { a: v6('a'), b: v6('b'), c: { ...slow, ...live, seconds: 9.5 }, d: slow },
      { rotation: 'reselect' },
      'ad',
    ],
    ['where there is one already, all is as it was', { a: { ...slow, ...live }, b: v6('b'), c: {} }, {}, 'bc'],
    ['a failing one helps nobody', { a: v6('a'), b: v6('b'), c: fail }, {}, 'ab'],
    [
      'nor one that comes in on a failed probe',
      { a: v6('a'), b: v6('b'), c: { ...slow, outcome: 'timeout' } },
      {},
      'ab',
    ],
    [
      'a live one whose probe failed may stay',
      { a: v6('a'), b: v6('b'), c: { ...slow, ...live, outcome: 'timeout' } },
      {},
      'ac',
    ],
    ['nor an unavailable one', { a: v6('a'), b: v6('b'), c: { mode: 'unavailable' } }, {}, 'ab'],
    ['IPv6 alone is a family of its own', { a: v6('a'), b: v6('b') }, {}, 'ab'],
    ['IPv4 alone needs none', { a: {}, b: {}, c: v6('c', slow) }, {}, 'ab'],
    ['ordered edges keep their places', { a: v6('a'), b: v6('b', { mode: 'force' }), c: slow }, {}, 'bc'],
    ['also where they are failing', { a: v6('a', { ...fail, mode: 'blindforce' }), b: v6('b'), c: slow }, {}, 'ac'],
    ['an ordered IPv4 edge is one', { a: v6('a'), b: { ...fail, mode: 'blindforce' }, c: slow }, {}, 'ab'],
  ]
  test.each(rows)('%s', (_, candidates, settings, expected) => {
    expect(choose(candidates, settings).names).toBe(expected)
    expect(choose(candidates, settings).warnings).toEqual([])
  })

  test('where only ordered edges are live, a warning', () => {
    const found = choose({ a: v6('a', { mode: 'force' }), b: v6('b', { mode: 'blindforce' }), c: {} })
    expect(found.names).toBe('ab')
    expect(found.warnings).toEqual([
      'only ordered edges are live, none with an IPv4 address: zones have no A records, though c passes',
    ])
  })

  test('the set holds still in the next cycle', () => {
    const next = { a: v6('a', live), b: v6('b'), c: { ...slow, ...live } }
    expect(choose(next).names).toBe('ac')
    expect(choose(next).rule('b')).toEqual({ state: 'out', by: 'family', as: 'c' })
  })
})

describe('nothing (behaviour §4.5)', () => {
  test.each<[string, Record<string, Changes>]>([
    ['no edges', {}],
    ['only failing ones that were not live', { a: fail, b: fail }],
    ['only unavailable ones', { a: { ...live, mode: 'unavailable' } }],
  ])('%s: an empty set', (_, candidates) => {
    expect(choose(candidates).live).toEqual([])
  })
})

describe('by which rule', () => {
  const slowIpv4: Changes = { judgement: 'pass', seconds: 9 }
  test.each<[string, Record<string, Changes>, object]>([
    ['ordered', { a: { mode: 'force' } }, { state: 'in', by: 'ordered' }],
    ['incumbent', { a: live }, { state: 'in', by: 'incumbent' }],
    ['fill', { a: {} }, { state: 'in', by: 'fill' }],
    ['up_after', { a: helper }, { state: 'in', by: 'up_after' }],
    ['last_resort', { a: { ...live, ...fail } }, { state: 'in', by: 'last_resort' }],
    ['unavailable', { a: { mode: 'unavailable' } }, { state: 'out', by: 'unavailable' }],
    ['places_taken', { a: { seconds: 0.4 }, b: {}, c: {} }, { state: 'out', by: 'places_taken' }],
    ['probe_failed', { a: { outcome: 'timeout' } }, { state: 'out', by: 'probe_failed' }],
    ['not_judged', { a: { outcome: 'skipped', judgement: null } }, { state: 'out', by: 'not_judged' }],
    ['failing', { a: fail }, { state: 'out', by: 'failing' }],
    [
      'family',
      { a: slowIpv4, b: { address: '2001:db8::b' }, c: { address: '2001:db8::c' } },
      { state: 'in', by: 'family' },
    ],
  ])('%s', (_, candidates, rule) => {
    expect(choose(candidates).rule('a')).toEqual(rule)
  })
})
