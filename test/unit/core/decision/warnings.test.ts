import { describe, expect, test } from 'vitest'
import type { Order } from '../../../../functions/core/domain/model.ts'
import {
  decideOn,
  freeze,
  inputOf,
  network,
  now,
  order,
  orders,
  runAgo,
  type Scenario,
  stateBefore,
} from '../../../helpers/core.ts'
import { stateAfter } from '../../../helpers/state-after.ts'
import { zoneOf } from '../../../helpers/world.ts'

const canary = '198.51.100.1'

/** Each case lists all warnings of a cycle over a network of `abc`, unless it brings its own. */
const rows: [name: string, scenario: Partial<Scenario>, warnings: string[]][] = [
  ['a plain cycle has none', {}, []],
  [
    'what was wrong with the stored state',
    { before: stateBefore({ warnings: ['a corrupt item'] }) },
    ['a corrupt item'],
  ],
  [
    'orders that do not count as written',
    {
      before: stateBefore({
        orders: new Map<string, Order | 'unreadable'>([
          ['a', 'unreadable'],
          ['b', order('b', 'force', { expires: now })],
        ]),
      }),
    },
    [
      'the order for a cannot be read: it counts as unavailable; give it again',
      'the order for b (force, by root: "maintenance") expired at 2026-01-01 12:00:30 UTC',
    ],
  ],
  [
    'orders whose edge left the list',
    { before: stateBefore({ orders: orders(order('y', 'force'), order('x', 'unavailable')) }) },
    [
      'the order for x is kept, but x is not in the edge list',
      'the order for y is kept, but y is not in the edge list',
    ],
  ],
  [
    'more orders than places',
    { before: stateBefore({ orders: orders(order('a', 'force'), order('b', 'force'), order('c', 'blindforce')) }) },
    ['3 edges are ordered live, more than edge_count (2)'],
  ],
  [
    'a freeze',
    { before: stateBefore({ live: ['a', 'b'], freeze: freeze() }) },
    ['the network is frozen by root: "launch"'],
  ],
  ['a shortage', { edges: { a: 'timeout', b: 'timeout' } }, ['shortage: 1 of 2 wanted live edges passes']],
  ['… counted in edges where there are fewer than places', { network: network('ab', { edge_count: 9 }) }, []],
  [
    'what was held back',
    {
      network: network('abc', { dnschange_maxfreq: 1 }),
      before: stateBefore({ live: ['a', 'b'], rotations: [now - 1000] }),
      edges: { b: 'timeout' },
    },
    ['shortage: 1 of 2 wanted live edges passes', 'held back, as the budget of 1 rotation in 600 s is spent: + c, - b'],
  ],
  [
    'a brake',
    {
      network: network('abcd', { brake: 0.5, edge_count: 2 }),
      before: stateBefore({ live: ['a', 'b'], runs: [runAgo(60, { a: 0.1, b: 0.1, c: 0.1, d: 0.1 })] }),
      edges: { a: 'timeout', b: 'timeout' },
    },
    [
      'braked: 2 of 2 live edges failed at once and the brake holds the set for up to 1 cycle',
      'shortage: 0 of 2 wanted live edges pass',
      'held back, as 2 of 2 live edges failed at once and the brake holds the set for up to 1 cycle: + c, + d, - a, - b',
    ],
  ],
  [
    'no edge at all',
    { edges: { a: 'timeout', b: 'timeout', c: 'timeout' } },
    ['no edge can be live: nothing is published, and what is published stays'],
  ],
  [
    'a lost live set',
    { before: stateBefore({ live: null }) },
    ['the recorded live set is lost and cannot be read back: nothing is published'],
  ],
  [
    'the killer',
    { network: network('abc', {}, { canaries: [{ zone: 'example.org', address: canary }] }), killed: true },
    ['the canary killer fired: every canary counts as failed in this cycle'],
  ],
  [
    'edges that were skipped',
    { edges: { c: 'skipped' } },
    ['1 of 3 edges were not probed to the end: they stay as they were'],
  ],
]

describe('what an operator should know', () => {
  test.each(rows)('%s', (_, scenario, warnings) => {
    expect(decideOn({ network: network('abc'), ...scenario }).warnings).toEqual(warnings)
  })
})

describe('a blind cycle names what waits (behaviour §1.11)', () => {
  test('and says nothing of a brake, as it judges nobody', () => {
    const settings = { brake: 0.5, brake_cycles: 3, edge_count: 2 }
    const before = stateBefore({ live: ['a', 'b'], runs: [runAgo(60, { a: 'timeout', b: 'timeout', c: 0.1, d: 0.1 })] })
    const { warnings } = decideOn({ network: network('abcd', settings), before, blind: true })
    expect(warnings.join()).not.toContain('brake')
  })

  const blind = 'blind: no reference answered, so nothing is judged and nothing is published'
  const net = network('abc', {}, { zones: [zoneOf('a.example'), zoneOf('b.example')] })
  const first = inputOf({ network: net, now: now - 60_000 })
  const quiet = stateAfter(first, decideOn({ network: net, now: now - 60_000 }))
  const [, record] = [...quiet.zones][1] ?? []

  test.each<[string, Partial<Scenario>, string | null]>([
    ['nothing', {}, null],
    [
      'a changed include',
      { network: { ...net, zones: [zoneOf('a.example', 'x A 192.0.2.9\n'), zoneOf('b.example')] } },
      'zone a.example',
    ],
    [
      'a due zone',
      { before: { ...quiet, zones: new Map([...quiet.zones, ['b.example', { ...record, due: true } as never]]) } },
      'zone b.example',
    ],
    ['named.conf', { before: { ...quiet, namedConf: { ...quiet.namedConf, due: true } } }, 'named.conf'],
    ['the live list', { before: { ...quiet, liveList: { ...quiet.liveList, due: true } } }, 'the live list'],
    [
      'an edge to take out',
      { before: { ...quiet, orders: orders(order('b', 'unavailable')) } },
      'order unavailable for b',
    ],
    ['an edge to bring in', { before: { ...quiet, orders: orders(order('c', 'force')) } }, 'order force for c'],
    [
      'no order that is carried out already',
      { before: { ...quiet, orders: orders(order('a', 'force'), order('c', 'unavailable')) } },
      null,
    ],
    [
      'a zone in two networks does not wait',
      {
        network: {
          ...net,
          zones: [zoneOf('a.example'), { ...zoneOf('b.example'), include: null, publishable: false }],
        },
      },
      null,
    ],
  ])('%s', (_, scenario, waits) => {
    const { warnings } = decideOn({ network: net, before: quiet, ...scenario, blind: true })
    const rest = warnings.filter(warning => warning !== blind)
    expect(warnings).toContain(blind)
    expect(rest).toEqual(waits === null ? [] : [`waiting until it sees again: ${waits}`])
  })

  test('a canary that stands in its zone does not make it wait', () => {
    const withCanary = { ...net, canaries: [{ zone: 'a.example', address: canary }] }
    const input = inputOf({ network: withCanary, now: now - 60_000 })
    const state = stateAfter(input, decideOn({ network: withCanary, now: now - 60_000 }))
    expect(decideOn({ network: withCanary, before: state, blind: true }).warnings).toEqual([blind])
  })

  test('with nothing ever published there is nothing to name', () => {
    const state = stateBefore({ runs: [runAgo(60, { a: 0.1 })] })
    expect(decideOn({ network: net, before: state, blind: true }).warnings).toEqual([blind])
  })
})
