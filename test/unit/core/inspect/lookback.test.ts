import { describe, expect, test } from 'vitest'
import { packEntry } from '../../../../functions/core/history/run.ts'
import { lookBack } from '../../../../functions/core/inspect/lookback.ts'
import { canaryRows, edgeRows } from '../../../../functions/core/report/report-rows.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import {
  addressOf,
  decideOn,
  inputOf,
  network,
  now,
  order,
  orders,
  runAgo,
  stateBefore,
  zoneRecord,
} from '../../../helpers/core.ts'
import { stateAfter } from '../../../helpers/state-after.ts'

const outcomes = ['timeout', 'refused', 'connection_error', 'tls_error', 'dns_error', 'bad_status', 'verify_failed']

describe('the newest recorded cycle is reconstructed', () => {
  test('as its own report told it: judgements, times, averages, state', () => {
    const canaries = [{ zone: 'example.org', address: '192.0.2.200' }]
    const three = network('abcd', { down_after: 2, edge_count: 2 }, { canaries })
    const runs = [
      runAgo(120, { a: { how: 0.1, live: true }, b: { how: 2, live: true }, c: 3, d: 0.1 }),
      runAgo(60, { a: { how: 0.1, live: true }, b: { how: 0.3, live: true }, c: 3, d: 0.1 }, { '192.0.2.200': 0.2 }),
    ]
    const before = stateBefore({ live: ['a', 'b'], runs })
    const scenario = { network: three, before, edges: { a: 'refused', b: 0.2, c: 0.9, d: 'skipped' } as const }
    const decision = decideOn(scenario)
    const { probing } = inputOf(scenario)
    const again = lookBack(three, stateAfter(inputOf(scenario), decision), now + 1000)
    const told = edgeRows(decision.participants, three, probing, false)
    expect(again?.time).toBe(now)
    expect(again?.edges.map(({ reason: _, ...row }) => row)).toEqual(told.map(({ reason: _, ...row }) => row))
    const placed = new Set(['example.org'])
    expect(again?.canaries).toEqual(canaryRows(decision.participants, placed, three, probing, false))
    expect(again?.edges.find(({ edge }) => edge === 'a')?.reason).toContain(
      'failure 1 of the 2 it takes to fail; stays live',
    )
  })

  test.each(outcomes)('%s has words of its own', outcome => {
    const before = stateBefore({ live: [], runs: [runAgo(60, { a: outcome as 'timeout' })] })
    const [row] = lookBack(network('a'), before, now)?.edges ?? []
    expect(row).toMatchObject({ outcome, fetchSeconds: 10, judgement: 'fail' })
    expect(row?.reason).toMatch(/^[a-z ,2T]+(LS|HTTP)?[a-z ,2x]*; out while it fails$/i)
  })

  test('a failed probe that an earlier version recorded says no more than its outcome', () => {
    const word = packEntry({ outcome: 'bad_status', judgement: 'fail', micros: 10_000_000, live: false })
    const entries = Uint32Array.of(word)
    const run = { ...runAgo(60, { a: 'bad_status' }), entries, timeoutMicros: null, circumstances: null }
    const [row] = lookBack(network('a'), stateBefore({ live: [], runs: [run] }), now)?.edges ?? []
    expect(row).toMatchObject({ fetchSeconds: 10, reason: 'a status other than 2xx; out while it fails' })
  })

  test('a failed probe has its status code and the time it took, as in the report of its cycle', () => {
    const failure = { cause: 503, tookMs: 87 }
    const word = packEntry({ outcome: 'bad_status', judgement: 'fail', micros: 0, live: false, failure })
    const run = { ...runAgo(60, { a: 'bad_status' }), entries: Uint32Array.of(word) }
    const [row] = lookBack(network('a'), stateBefore({ live: [], runs: [run] }), now)?.edges ?? []
    expect(row?.reason).toBe('status 503 in 0.09 s; out while it fails')
  })
})

test('nothing is told where no cycle is recorded', () => {
  expect(lookBack(network('a'), stateBefore(), now)).toBeNull()
})

test('an edge that came after the last cycle was not probed', () => {
  const before = stateBefore({ live: ['a'], runs: [runAgo(60, { a: { how: 0.1, live: true } })] })
  const row = lookBack(network('ab'), before, now)?.edges.find(({ edge }) => edge === 'b')
  expect(row).toMatchObject({ outcome: 'skipped', fetchSeconds: null, judgement: null, average: null, state: 'out' })
  expect(row?.reason).toContain('it came after the last cycle')
})

describe('orders are those of now', () => {
  const runs = [runAgo(60, { a: { how: 0.1, live: true }, b: 0.1 })]

  test('one given since has not been followed yet, and the reason says so', () => {
    const before = stateBefore({ live: ['a'], runs, orders: orders(order('a', 'unavailable', { since: now - 1000 })) })
    const [row] = lookBack(network('ab', { edge_count: 1 }), before, now)?.edges ?? []
    expect(row).toMatchObject({ mode: 'unavailable', state: 'in' })
    expect(row?.reason).toContain('stays live, because orders or settings have changed since the last cycle')
  })

  test('one that has expired since counts as available', () => {
    const expired = order('b', 'unavailable', { expires: now - 1000 })
    const before = stateBefore({ live: ['a'], runs, orders: orders(expired) })
    expect(lookBack(network('ab'), before, now)?.edges[1]).toMatchObject({ mode: 'available' })
  })

  test('an unreadable one still counts', () => {
    const before = stateBefore({ live: ['a'], runs, orders: new Map([['b', 'unreadable' as const]]) })
    expect(lookBack(network('ab'), before, now)?.edges[1]).toMatchObject({ mode: 'unavailable' })
  })
})

test('a lost live set is told as that cycle decided it, an empty one publishes no canary', () => {
  const runs = [runAgo(60, { a: { how: 0.1, live: true } }, { '192.0.2.200': 0.1 })]
  const canaries = [{ zone: 'example.org', address: '192.0.2.200' }]
  const one = network('a', { edge_count: 1 }, { canaries })
  const zones = new Map([['example.org', zoneRecord({ hash: 'h' })]])
  const lost = lookBack(one, stateBefore({ live: null, runs, zones }), now)
  expect(lost?.liveSet.live).toEqual(['a'])
  expect(lost?.canaries).toMatchObject([{ used: true }])
  expect(lookBack(one, stateBefore({ live: [], runs, zones }), now)?.canaries).toMatchObject([{ used: false }])
})

describe('a canary is used where its zone is known to be published', () => {
  const runs = [runAgo(60, { a: { how: 0.1, live: true } }, { '192.0.2.200': 0.1 })]
  const canaries = [{ zone: 'example.org', address: '192.0.2.200' }]
  const one = network('a', { edge_count: 1 }, { canaries })
  const pushing = network('a', { route53: { ...one.settings.route53, enabled: true } }, { canaries })
  const set = { name: 'example.org.', type: 'A' as const, ttl: 60, values: ['192.0.2.200'] }
  const usedIn = (of: typeof one, record: Parameters<typeof zoneRecord>[0], pushed?: Partial<Pushed>) => {
    const records = { hostedZone: 'Z1', sets: [set], attempted: [], due: null, ...pushed }
    const before = stateBefore({
      ...{ live: ['a'], runs, zones: new Map([['example.org', zoneRecord(record)]]) },
      pushed: new Map(pushed === undefined ? [] : [['example.org', records]]),
    })
    return lookBack(of, before, now)?.canaries[0]?.used
  }

  test('in the bucket', () => {
    expect(usedIn(one, { hash: 'h' })).toBe(true)
    expect(usedIn(one, { hash: null })).toBe(false)
    expect(usedIn(one, { hash: 'h', due: true })).toBe(false)
    const shared = { ...one, zones: one.zones.map(zone => ({ ...zone, include: null, publishable: false })) }
    expect(usedIn(shared, { hash: 'h' })).toBe(false)
  })

  test('in Route 53', () => {
    expect(usedIn(pushing, {}, {})).toBe(true)
    expect(usedIn(pushing, {})).toBe(false)
    expect(usedIn(pushing, {}, { due: now })).toBe(false)
    expect(usedIn(pushing, {}, { sets: [] })).toBe(false)
    expect(usedIn(one, {}, {})).toBe(false)
  })
})

test('rotations that it dated anew do', () => {
  const both = { a: { how: 0.1, live: true }, b: { how: 0.1, live: true }, c: 0.1 }
  const runs = [runAgo(120, both), runAgo(60, { ...both, a: { how: 'refused', live: true } })]
  const rotations = [now - 60_000, now - 60_000]
  const told = (dnschange_maxfreq: number) =>
    lookBack(network('abc', { dnschange_maxfreq }), stateBefore({ live: ['a', 'b'], runs, rotations }), now)
  expect(told(2)?.liveSet).toMatchObject({ answer: 'suppressed', decided: ['b', 'c'] })
  expect(told(3)?.liveSet.answer).toBe('rotate')
})

test('rotations of that cycle do not count against its own budget', () => {
  const runs = [
    runAgo(120, { a: { how: 0.1, live: true }, b: 0.1 }),
    runAgo(60, { a: 'refused', b: { how: 0.1, live: true } }),
  ]
  const before = stateBefore({ live: ['b'], runs, rotations: [now - 60_000] })
  const told = lookBack(network('ab', { edge_count: 1, dnschange_maxfreq: 1 }), before, now)
  expect(told?.liveSet.answer).toBe('rotate')
  expect(told?.edges.map(({ address }) => address)).toEqual([addressOf('a'), addressOf('b')])
})
