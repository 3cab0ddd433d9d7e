import { describe, expect, test } from 'vitest'
import type { DecidedEdge } from '../../../../functions/core/decision/decided-edges.ts'
import { addressesOf, hourOf, movesOf, runOf } from '../../../../functions/core/decision/recording.ts'
import { totalOf } from '../../../../functions/core/history/history.ts'
import { noCircumstances, unpackEntry } from '../../../../functions/core/history/run.ts'
import { listed, participantsOf } from '../../../../functions/core/judgement/participants.ts'
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

type Input = Pick<ReturnType<typeof inputOf>, 'network' | 'before' | 'probing'>

/** The participants of a cycle that leaves this live set. */
function placed({ network: net, before, probing }: Input, live: readonly string[]) {
  const { edges, canaries } = participantsOf(net, before, probing, now)
  const place = (edge: (typeof edges)[number]): DecidedEdge => ({
    ...edge,
    isLive: live.includes(edge.name),
    reason: '',
  })
  return { ...listed(edges.map(place)), canaries }
}

function found(scenario: Scenario, live: readonly string[] = []) {
  const input = inputOf(scenario)
  return { ...input, participants: placed(input, live) }
}

describe('the run that is recorded', () => {
  test('holds an entry for every edge and canary, in the order of the roster', () => {
    const canaries = [{ zone: 'example.org', address: '192.0.2.101' }]
    const scene = found(
      {
        network: network('abc', {}, { canaries }),
        before: stateBefore({ runs: [runAgo(60, { a: 0.1, b: 0.1, c: 'refused' }, { '192.0.2.101': 0.1 })] }),
        edges: { a: 0.123456, b: 'timeout', c: 'skipped' },
        canaries: { '192.0.2.101': 'skipped' },
      },
      ['b', 'c'],
    )
    const run = runOf({ ...scene, probing: { killed: true }, now })
    expect(run).toMatchObject({ time: now, killed: true, timeoutMicros: 10_000_000 })
    expect(run.roster).toMatchObject({ edges: ['a', 'b', 'c'], canaries: ['192.0.2.101'] })
    expect([...run.entries].map(word => unpackEntry(word, 10_000_000))).toEqual([
      { outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: false },
      {
        outcome: 'timeout',
        judgement: 'fail',
        micros: 10_000_000,
        live: true,
        failure: { cause: 0, tookMs: 10_000 },
      },
      { outcome: 'skipped', judgement: 'fail', micros: 0, live: true },
      { outcome: 'skipped', judgement: 'pass_threshold', micros: 0, live: false },
    ])
  })
})

test('a failure whose duration nobody knows is recorded without one', () => {
  const scene = found({ network: network('a'), edges: { a: 'refused' } })
  const [edge] = scene.participants.edges
  if (edge === undefined) throw new Error('there is an edge')
  const probe = { ...edge.assessed.probe, tookSeconds: null, detail: 'refused 3 times' }
  const participants = { ...listed([{ ...edge, assessed: { ...edge.assessed, probe } }]), canaries: [] }
  const run = runOf({ ...scene, participants, probing: { killed: false }, now })
  expect(unpackEntry(Number(run.entries[0]), 10_000_000)).toMatchObject({ failure: { cause: 1, tookMs: 0 } })
})

describe('what held in a cycle (behaviour §13.2)', () => {
  const circumstances = (scenario: Scenario) =>
    runOf({ ...found(scenario), probing: { killed: false }, now }).circumstances

  test('is nothing in most', () => {
    expect(circumstances({ network: network('ab'), edges: { a: 0.1 } })).toEqual(noCircumstances)
  })

  test('are the orders that count, not those that have expired', () => {
    const given = orders(order('a', 'force'), order('b', 'unavailable'))
    const expired = order('c', 'force', { expires: now - 1 })
    const before = stateBefore({ orders: new Map([...given, ['c', expired]]) })
    expect(circumstances({ network: network('abc'), before })?.orders).toEqual(
      new Map([
        ['a', 'force'],
        ['b', 'unavailable'],
      ]),
    )
  })

  test.each([
    ['one that holds', now + 1, true],
    ['one that has expired', now, false],
    ['one without an end', null, true],
  ])('is a freeze: %s', (_, expires, frozen) => {
    const freeze = { comment: 'c', by: 'b', since: now - 5, expires }
    expect(circumstances({ network: network('a'), before: stateBefore({ freeze }) })).toMatchObject({ frozen })
    expect(circumstances({ network: network('a'), before: stateBefore({ freeze: 'unreadable' }) })).toMatchObject({
      frozen: true,
    })
  })

  test('are addresses of host names that are others than before', () => {
    const addresses = new Map([
      ['host.example.org', { known: '192.0.2.1', published: null }],
      ['same.example.org', { known: '192.0.2.3', published: null }],
    ])
    const scene = found({
      network: networkOf(['host.example.org', 'same.example.org', '192.0.2.9']),
      before: stateBefore({ addresses }),
    })
    const at = (edge: string, address: string) => {
      const probe = scene.probing.edges.get(edge)
      return probe === undefined ? [] : [[edge, { ...probe, address }] as const]
    }
    const edges = new Map([...at('host.example.org', '192.0.2.2'), ...at('same.example.org', '192.0.2.3')])
    const probing = { ...scene.probing, edges }
    const participants = placed({ ...scene, probing }, [])
    const run = runOf({ ...scene, participants, probing: { killed: false }, now })
    expect(run.circumstances?.addresses).toEqual(new Map([['host.example.org', '192.0.2.2']]))
  })

  test('an address that a killed run told of, and did not save, is told anew', () => {
    const addresses = new Map([['host.example.org', { known: '192.0.2.1', published: null }]])
    const toldOf = (earlier: Record<string, string>, resolved: string) => {
      const circumstances = { ...noCircumstances, addresses: new Map(Object.entries(earlier)) }
      const killed = { ...runAgo(60, { 'host.example.org': 0.1 }), circumstances }
      const scenario = {
        network: networkOf(['host.example.org']),
        before: stateBefore({ addresses, runs: [killed] }),
        edges: { 'host.example.org': told(0.1, resolved) },
      }
      const { network: net, before, probing } = inputOf(scenario)
      const participants = placed({ network: net, before, probing }, [])
      return runOf({ network: net, before, participants, probing, now }).circumstances?.addresses
    }
    expect(toldOf({ 'host.example.org': '192.0.2.2' }, '192.0.2.1')).toEqual(
      new Map([['host.example.org', '192.0.2.1']]),
    )
    expect(toldOf({ 'host.example.org': '192.0.2.2' }, '192.0.2.2')).toEqual(new Map())
    expect(toldOf({}, '192.0.2.1')).toEqual(new Map())
  })
})

describe('the hour’s averages (behaviour §2.3)', () => {
  const noon = Date.UTC(2026, 0, 1, 12)

  test.each([
    ['the first cycle ever', [], noon],
    ['the first recorded cycle of the hour', [runAgo(31, { a: 0.3 })], noon],
    ['a later one', [runAgo(30, { a: 0.3 })], null],
    ['the first after days', [runAgo(200_000, { a: 0.3 })], noon],
  ])('%s', (_, runs, time) => {
    const { participants, before: state } = found({ network: network('a'), before: stateBefore({ runs }) })
    expect(hourOf(participants, state, now)?.time ?? null).toBe(time)
  })

  test('are the running ones, this cycle included, of those that have samples', () => {
    const canaries = [{ zone: 'example.org', address: '192.0.2.101' }]
    const { participants, before: state } = found({
      network: network('ab', {}, { canaries }),
      before: stateBefore({ runs: [runAgo(60, { a: 0.3 })] }),
      edges: { a: 0.1, b: 'skipped' },
      canaries: { '192.0.2.101': 0.2 },
    })
    expect(hourOf(participants, state, now)).toEqual({
      time: noon,
      edges: new Map([['a', { sumMicros: 400_000, count: 2 }]]),
      canaries: new Map([['192.0.2.101', { sumMicros: 200_000, count: 1 }]]),
    })
  })

  test('an edge’s are what its history says', () => {
    const { participants, before: state } = found({
      network: network('a'),
      edges: { a: 'skipped' },
      before: stateBefore({ runs: [runAgo(60, { a: 0.3 })] }),
    })
    expect(hourOf(participants, state, now)?.edges.get('a')).toEqual(totalOf(state.history, 'edge', 'a'))
  })
})

describe('addresses of host names (behaviour §1.3)', () => {
  const names = networkOf(['192.0.2.1', 'e1.example', 'e2.example'])
  const known = new Map([
    ['e1.example', { known: '192.0.2.11', published: '192.0.2.11' }],
    ['e2.example', { known: '192.0.2.12', published: null }],
  ])
  const resolved = (e1: string | null, e2: string | null) => ({
    'e1.example': e1 === null ? told('dns_error') : told(0.1, e1),
    'e2.example': e2 === null ? told('dns_error') : told(0.1, e2),
  })

  test.each<[string, Record<string, ReturnType<typeof told>>, string[], object | null]>([
    ['nothing new is nothing to store', resolved('192.0.2.11', '192.0.2.12'), ['e1.example'], null],
    ['a name that does not resolve keeps what was known', resolved(null, null), ['e1.example'], null],
    [
      'a changed address is known and, where the edge is live, published',
      resolved('192.0.2.21', '192.0.2.22'),
      ['192.0.2.1', 'e1.example'],
      {
        'e1.example': { known: '192.0.2.21', published: '192.0.2.21' },
        'e2.example': { known: '192.0.2.22', published: null },
      },
    ],
    [
      'an edge that left the live set keeps the address last published',
      resolved('192.0.2.21', '192.0.2.12'),
      [],
      {
        'e1.example': { known: '192.0.2.21', published: '192.0.2.11' },
        'e2.example': { known: '192.0.2.12', published: null },
      },
    ],
    [
      'an edge that comes in is published from now on',
      resolved('192.0.2.11', '192.0.2.12'),
      ['e1.example', 'e2.example'],
      {
        'e1.example': { known: '192.0.2.11', published: '192.0.2.11' },
        'e2.example': { known: '192.0.2.12', published: '192.0.2.12' },
      },
    ],
  ])('%s', (_, edges, live, expected) => {
    const { participants } = found({ network: names, before: stateBefore({ addresses: known }), edges }, live)
    const addresses = addressesOf(participants, true)
    expect(addresses === null ? null : Object.fromEntries(addresses)).toEqual(expected)
  })

  test('a name never seen before is stored, resolved or not', () => {
    const { participants } = found({ network: names, edges: resolved('192.0.2.11', null) }, ['e1.example'])
    expect(addressesOf(participants, false)).toEqual(
      new Map([
        ['e1.example', { known: '192.0.2.11', published: null }],
        ['e2.example', { known: null, published: null }],
      ]),
    )
  })

  test.each<[string, string | null, string[], string[]]>([
    ['names a live edge that moved', '192.0.2.21', ['e1.example'], ['e1.example moved from 192.0.2.11 to 192.0.2.21']],
    ['says nothing of one that stayed', '192.0.2.11', ['e1.example'], []],
    ['nor of one that did not resolve', null, ['e1.example'], []],
    ['nor of one that is not live', '192.0.2.21', [], []],
    ['nor of one that was never published', '192.0.2.11', ['e2.example'], []],
  ])('the report %s', (_, e1, live, expected) => {
    const { participants } = found(
      {
        network: names,
        before: stateBefore({ addresses: known }),
        edges: resolved(e1, '192.0.2.22'),
      },
      live,
    )
    expect(movesOf(participants)).toEqual(expected)
  })

  test('nothing moves where no address is known', () => {
    const lost = new Map([['e1.example', { known: null, published: '192.0.2.11' }]])
    const { participants } = found(
      {
        network: names,
        before: stateBefore({ addresses: lost }),
        edges: resolved(null, null),
      },
      ['e1.example'],
    )
    expect(movesOf(participants)).toEqual([])
  })
})

test('what vantage points found and who was fetched once more is recorded, as it was in this cycle', () => {
  const scene = found({ network: network('ab'), before: stateBefore({ live: ['a', 'b'] }) })
  const verdicts = new Map([
    ['a', { verdict: 'disputed' as const, votes: [{ region: 'eu-west-1', outcome: 'ok' as const }] }],
  ])
  const probing = { killed: false, rechecked: new Set(['a', 'b']), verdicts }
  expect(runOf({ ...scene, probing, now }).circumstances).toEqual({
    ...noCircumstances,
    rechecked: new Set(['a', 'b']),
    verdicts,
  })
})
