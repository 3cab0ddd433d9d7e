import { describe, expect, test } from 'vitest'
import type { Network } from '../../../../functions/core/config/network.ts'
import { canaryAddresses } from '../../../../functions/core/config/network.ts'
import { countPassing, isRecorded, participantsOf } from '../../../../functions/core/judgement/participants.ts'
import {
  inputOf,
  network,
  now,
  order,
  orders,
  runAgo,
  type Scenario,
  stateBefore,
  told,
} from '../../../helpers/core.ts'
import { networkOf } from '../../../helpers/world.ts'

function participantsIn(scenario: Scenario) {
  const { network, before, probing } = inputOf(scenario)
  return participantsOf(network, before, probing, now)
}

const canaries = [
  { zone: 'a.example', address: '192.0.2.102' },
  { zone: 'b.example', address: '192.0.2.101' },
  { zone: 'c.example', address: '192.0.2.102' },
]

describe('everyone of a network', () => {
  test('is assessed once: edges by name, canaries by address, however many zones share one', () => {
    const found = participantsIn({ network: network('ab', {}, { canaries }), edges: { b: 'refused' } })
    expect(found.edges).toMatchObject([
      { name: 'a', address: '192.0.2.1', wasIn: false, assessed: { judgement: 'pass_threshold' } },
      { name: 'b', address: '192.0.2.2', wasIn: false, assessed: { judgement: 'fail' } },
    ])
    expect(found.canaries.map(canary => canary.name)).toEqual(['192.0.2.101', '192.0.2.102'])
    expect(canaryAddresses(network('a', {}, { canaries }))).toEqual(['192.0.2.101', '192.0.2.102'])
  })

  test('members of the recorded live set know it: stay_factor and unreadable orders depend on it', () => {
    const state = stateBefore({
      live: ['a'],
      orders: new Map([
        ['a', 'unreadable'],
        ['b', 'unreadable'],
      ]),
    })
    const found = participantsIn({
      network: network('ab', { stay_factor: 2 }, { canaries }),
      before: state,
      edges: { a: 0.9, b: 0.9 },
      canaries: { '192.0.2.101': 0.9 },
    })
    expect(found.edges).toMatchObject([
      { wasIn: true, assessed: { judgement: 'pass_threshold' }, order: { mode: 'available' } },
      { wasIn: false, assessed: { judgement: 'pass' }, order: { mode: 'unavailable' } },
    ])
    expect(found.canaries[0]).toMatchObject({ judgement: 'pass' })
  })

  test('passes or not; who is not of the network does not', () => {
    const found = participantsIn({ network: network('abc'), edges: { a: 0.1, b: 'refused', c: 0.1 } })
    expect(countPassing(['a', 'b', 'c'], found)).toBe(2)
    expect(countPassing(['a', 'gone'], found)).toBe(1)
    expect(countPassing([], found)).toBe(0)
  })

  test('has its orders, as long as they last', () => {
    const given = orders(order('a', 'force'), order('b', 'unavailable', { expires: now }))
    const { edges } = participantsIn({ network: network('ab'), before: stateBefore({ orders: given }) })
    expect(edges.map(edge => edge.order.mode)).toEqual(['force', 'available'])
  })

  test('counts as skipped where no probe is known', () => {
    const { network: net, before: state } = inputOf({ network: network('a', {}, { canaries }) })
    const nothing = { edges: new Map(), canaries: new Map(), killed: false, blind: false }
    const found = participantsOf(net, state, nothing, now)
    const skipped = { judgement: null, micros: null, probe: { outcome: 'skipped' } }
    expect(found.edges[0]?.assessed).toMatchObject(skipped)
    expect(found.canaries).toMatchObject([skipped, skipped])
  })

  test('is not judged when blind: no sample, and everything as it stood (behaviour §1.11)', () => {
    const { edges } = participantsIn({
      network: network('ab'),
      before: stateBefore({ runs: [runAgo(60, { a: 0.1, b: 'timeout' })] }),
      edges: { a: 'timeout', b: 0.1 },
      blind: true,
    })
    expect(edges.map(edge => edge.assessed.judgement)).toEqual(['pass_threshold', 'fail'])
    expect(edges.map(edge => edge.assessed.all)).toEqual([
      { sumMicros: 100_000, count: 1 },
      { sumMicros: 10_000_000, count: 1 },
    ])
  })
})

describe('kept samples (behaviour §2.1)', () => {
  const runs = [runAgo(120, { a: 0.4 }), runAgo(60, { a: 0.1 })]
  const keeping = (samples: number) => network('a', { history: { samples, window: 300 } })

  test('are those of the newest recorded cycles, this one included', () => {
    const [edge] = participantsIn({ network: keeping(2), before: stateBefore({ runs }), edges: { a: 0.3 } }).edges
    expect(edge?.assessed.all).toEqual({ sumMicros: 400_000, count: 2 })
    expect(edge?.assessed.window).toEqual({ sumMicros: 400_000, count: 2 })
  })

  test('a cycle that is not recorded takes no place among them', () => {
    const [edge] = participantsIn({ network: keeping(2), before: stateBefore({ runs }), edges: { a: 'skipped' } }).edges
    expect(edge?.assessed.all).toEqual({ sumMicros: 500_000, count: 2 })
  })

  test('fewer of them leave the counters whole', () => {
    const failing = [{ how: 'refused' as const, judgement: 'pass' as const }]
    const [edge] = participantsIn({
      network: network('a', { history: { samples: 1, window: 300 }, down_after: 2 }),
      before: stateBefore({ runs: failing.map(a => runAgo(60, { a })) }),
      edges: { a: 'refused' },
    }).edges
    expect(edge?.assessed).toMatchObject({ judgement: 'fail', all: { count: 1 } })
  })
})

describe('a recorded cycle', () => {
  test.each<[string, Omit<Scenario, 'network'>, boolean]>([
    ['stored samples', {}, true],
    ['stored at least one, be it a canary’s', { edges: { a: 'skipped' } }, true],
    ['has a failure for a sample', { edges: { a: 'timeout' }, canaries: { '192.0.2.101': 'skipped' } }, true],
    ['is none where all was skipped', { edges: { a: 'skipped' }, canaries: { '192.0.2.101': 'skipped' } }, false],
    ['is none when blind', { blind: true }, false],
  ])('%s', (_, scenario, expected) => {
    const withCanary = network('a', {}, { canaries: [{ zone: 'example.org', address: '192.0.2.101' }] })
    expect(isRecorded(inputOf({ network: withCanary, ...scenario }).probing)).toBe(expected)
  })
})

describe('the address that would be published (behaviour §1.3)', () => {
  const named: Network = networkOf(['edge1.example'])
  const known = new Map([['edge1.example', { known: '192.0.2.7', published: '192.0.2.6' }]])

  test.each([
    ['the one that was probed', told(0.1, '192.0.2.9'), known, '192.0.2.9'],
    ['the last one known where the name does not resolve', told('dns_error'), known, '192.0.2.7'],
    ['the last one known where no attempt was made', told('skipped'), known, '192.0.2.7'],
    ['none where none was ever known', told('dns_error'), new Map(), null],
  ])('is %s', (_, probe, addresses, address) => {
    const [edge] = participantsIn({
      network: named,
      before: stateBefore({ addresses }),
      edges: { 'edge1.example': probe },
    }).edges
    expect(edge?.address).toBe(address)
  })

  const useless = [
    '0.0.0.0',
    '224.0.0.5',
    '255.255.255.255',
    '169.254.3.4',
    '::',
    'ff02::1',
    'fe80::1',
    '::ffff:7f58:1',
  ]
  test.each(useless)('is never %s, which no client can reach', bad => {
    const stored = new Map([['edge1.example', { known: bad, published: bad }]])
    const addressWith = (probe: Scenario['edges'], addresses = stored) =>
      participantsIn({ network: named, before: stateBefore({ addresses }), edges: probe ?? {} }).edges[0]?.address
    expect(addressWith({ 'edge1.example': told('dns_error') })).toBeNull()
    expect(addressWith({ 'edge1.example': told('timeout', bad) })).toBeNull()
    expect(addressWith({ 'edge1.example': told('timeout', bad) }, known)).toBe('192.0.2.7')
    expect(addressWith({ 'edge1.example': told(0.1, '192.0.2.9') })).toBe('192.0.2.9')
  })

  test('is the edge itself where the edge is an address', () => {
    const [edge] = participantsIn({ network: networkOf(['2001:db8::1']), edges: { '2001:db8::1': 'refused' } }).edges
    expect(edge?.address).toBe('2001:db8::1')
  })
})
