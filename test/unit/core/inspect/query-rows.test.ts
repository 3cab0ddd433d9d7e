import { describe, expect, test } from 'vitest'
import { isAskedFor, liveNames, queryRows, reportRows } from '../../../../functions/core/inspect/query-rows.ts'
import { network, now, order, orders, runAgo, stateBefore } from '../../../helpers/core.ts'

const none = { since: null, comment: null, by: null, expires: null }
const runs = [runAgo(60, { a: { how: 0.1, live: true }, b: 2 })]

describe('edges as they stand', () => {
  test('by name, with the judgement of the newest cycle and the recorded live set', () => {
    expect(queryRows(network('abc'), stateBefore({ live: ['a'], runs }), now)).toEqual([
      { edge: 'a', mode: 'available', state: 'in', judgement: 'pass_threshold', probe: 'ok', ...none },
      { edge: 'b', mode: 'available', state: 'out', judgement: 'pass', probe: 'ok', ...none },
      { edge: 'c', mode: 'available', state: 'out', judgement: null, probe: null, ...none },
    ])
  })

  test('with their orders', () => {
    const given = orders(order('a', 'force'), order('b', 'unavailable', { expires: now + 1000 }))
    const [a, b] = queryRows(network('ab'), stateBefore({ runs, orders: given }), now)
    const since = new Date(now - 60_000).toISOString()
    expect(a).toMatchObject({ mode: 'force', since, comment: 'maintenance', by: 'root', expires: null })
    expect(b).toMatchObject({ mode: 'unavailable', since, expires: new Date(now + 1000).toISOString() })
  })

  test('an expired order counts as available since it expired', () => {
    const over = new Date(now - 1000).toISOString()
    const given = orders(order('a', 'unavailable', { expires: now - 1000 }))
    const [a] = queryRows(network('a'), stateBefore({ orders: given }), now)
    expect(a).toMatchObject({ mode: 'available', since: over, expires: over, comment: 'maintenance' })
  })

  test('an edge whose order was taken back counts since then, whatever its orders were', () => {
    const given = orders(order('b', 'force'))
    const since = new Map([
      ['a', now - 5000],
      ['b', now - 90_000],
      ['z', now],
    ])
    const rows = queryRows(network('abc'), stateBefore({ orders: given }), now, since)
    const [back, ordered] = [new Date(now - 5000).toISOString(), new Date(now - 60_000).toISOString()]
    expect(rows.map(row => [row.since, row.comment])).toEqual([
      [back, null],
      [ordered, 'maintenance'],
      [null, null],
    ])
    expect(reportRows(network('a'), stateBefore({}), now, since)[0]?.since).toBe(back)
  })

  test('an unreadable order tells nothing but its mode', () => {
    const given = new Map([['a', 'unreadable' as const]])
    expect(queryRows(network('a'), stateBefore({ orders: given }), now)).toMatchObject([
      { mode: 'unavailable', ...none },
    ])
  })
})

describe('the rows of a report', () => {
  test('are listed with the orders', () => {
    const given = orders(order('a', 'force'))
    const [a] = reportRows(network('ab', { edge_count: 1 }), stateBefore({ live: ['a'], runs, orders: given }), now)
    expect(a).toMatchObject({ edge: 'a', state: 'in', fetchSeconds: 0.1, average: 0.1, by: 'root', mode: 'force' })
  })

  test('are empty before the first cycle', () => {
    expect(reportRows(network('a'), stateBefore({ live: ['a'] }), now)).toMatchObject([
      {
        edge: 'a',
        outcome: 'skipped',
        judgement: null,
        state: 'in',
        reason: 'no cycle has been recorded yet',
        since: null,
      },
    ])
  })
})

test('a lost live set is that of the newest cycle, or nobody', () => {
  expect(liveNames(stateBefore({ live: null, runs }))).toEqual(['a'])
  expect(liveNames(stateBefore({ live: null }))).toEqual([])
})

test.each([
  [{}, true],
  [{ health: 'allpass' }, true],
  [{ health: 'pass' }, true],
  [{ health: 'fail' }, false],
  [{ state: 'in' }, true],
  [{ state: 'out' }, false],
  [{ mode: 'force' }, true],
  [{ mode: 'available' }, false],
  [{ health: 'pass', state: 'in', mode: 'force' }, true],
] as const)('filter %j', (filter, expected) => {
  expect(isAskedFor({ judgement: 'pass', state: 'in', mode: 'force' }, filter)).toBe(expected)
})

test('an edge that fails or was never judged is not among all that pass', () => {
  const row = { state: 'out', mode: 'available' } as const
  expect(isAskedFor({ ...row, judgement: 'fail' }, { health: 'allpass' })).toBe(false)
  expect(isAskedFor({ ...row, judgement: null }, { health: 'allpass' })).toBe(false)
})
