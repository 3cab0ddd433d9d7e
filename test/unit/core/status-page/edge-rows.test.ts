import { describe, expect, test } from 'vitest'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { edgeRowsOf, sinceWords, toneOf } from '../../../../functions/core/status-page/edge-rows.ts'
import { defaultSpans, seen } from '../../../../functions/core/status-page/facts.ts'
import { network, now, order, orders, type RunMember, runAgo, stateBefore } from '../../../helpers/core.ts'

function rowsOf(edges: string, runs: Record<string, RunMember>[], before: Partial<Before> = {}) {
  const stored = stateBefore({ runs: runs.map((members, at) => runAgo((runs.length - at) * 60, members)), ...before })
  const facts = {
    network: network(edges),
    stored,
    lastCycle: now,
    lastStatus: 'ok',
    rotations: [],
    now,
    spans: defaultSpans(now),
  }
  return edgeRowsOf(seen(facts))
}

describe('rows of edges', () => {
  test('live ones first, those in trouble before the others, then by name', () => {
    const live = (how: RunMember) => ({ how, live: true }) as RunMember
    const rows = rowsOf(
      'abcdef',
      [{ a: 0.1, b: 'refused', c: live(0.1), d: live('timeout'), e: 'skipped', f: live(0.1) }],
      { live: ['c', 'd', 'f'] },
    )
    expect(rows.map(({ edge }) => edge).join('')).toBe('dcfeba')
    expect(rows.map(({ mark }) => mark).join('')).toBe('✕●●–✕●')
    expect(rows.map(({ isLive }) => isLive)).toEqual([true, true, true, false, false, false])
  })

  test('say since when an edge passes or fails', () => {
    const [row] = rowsOf('a', [{ a: 0.1 }, { a: 'refused' }, { a: 'timeout' }])
    expect(row).toMatchObject({ fetch: 'timeout', since: 'for 2 m', sinceTime: '2026-01-01 11:58:30 UTC', tone: 'bad' })
    expect(row).toMatchObject({ window: '6.700', average: '6.700', fetchOrder: 1e9, averageOrder: 6_700_000 })
  })

  test('carry a sparkline for each span, and numbers to sort by', () => {
    const [row] = rowsOf('a', [{ a: 0.1 }])
    expect(row?.sparks.map(svg => /aria-label="([^"]*)"/.exec(svg)?.[1])).toEqual([
      'last 2 h: 1 good, 0 failed',
      'last 33 h: 1 good, 0 failed',
    ])
    expect(row).toMatchObject({ fetch: '0.100', fetchOrder: 100_000, rank: 0 })
  })

  test('of edges that nobody has probed yet', () => {
    expect(rowsOf('a', [])).toMatchObject([
      {
        judgement: 'not judged',
        mark: '–',
        tone: 'quiet',
        since: '',
        sinceTime: '',
        fetch: 'skipped',
        average: '–',
        reason: 'no cycle has been recorded yet',
      },
    ])
  })

  test('an address is shown where it is not the name itself', () => {
    const stored = stateBefore({ runs: [runAgo(0, { a: 0.1, '192.0.2.7': 0.1 })] })
    const both = network(
      'a',
      {},
      {
        edges: [
          { name: '192.0.2.7', address: '192.0.2.7' },
          { name: 'a', address: '192.0.2.1' },
        ],
      },
    )
    const facts = { network: both, stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] }
    expect(edgeRowsOf(seen(facts)).map(({ address }) => address)).toEqual([null, '192.0.2.1'])
  })
})

describe('orders', () => {
  const runs = [{ a: 0.1 }]
  const orderOf = (given: Before['orders']) => rowsOf('a', runs, { orders: given })[0]?.order

  test('are told with who, when, why and until when', () => {
    expect(orderOf(orders(order('a', 'force', { expires: now + 60_000 })))).toBe(
      'force, ordered by root 1 m ago: “maintenance”, for another 1 m (2026-01-01 12:01:30 UTC)',
    )
    expect(orderOf(orders(order('a', 'unavailable')))).toBe('unavailable, ordered by root 1 m ago: “maintenance”')
  })

  test('none, expired, or unreadable', () => {
    expect(orderOf(new Map())).toBeNull()
    expect(orderOf(orders(order('a', 'force', { expires: now - 1 })))).toBeNull()
    expect(orderOf(new Map([['a', 'unreadable']]))).toBe('an order that cannot be read: counts as unavailable')
  })
})

test('tones and words', () => {
  expect([toneOf(null), toneOf('fail'), toneOf('pass_threshold'), toneOf('pass')]).toEqual([
    'quiet',
    'bad',
    'good',
    'fair',
  ])
  expect(sinceWords({ time: now - 60_000, cycles: 1, isOpen: true }, now)).toBe('for at least 1 m')
})
