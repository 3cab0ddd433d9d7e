import { describe, expect, test } from 'vitest'
import { noCircumstances } from '../../../../functions/core/history/run.ts'
import { whyOf } from '../../../../functions/core/inspect/why.ts'
import { freeze, network, now, order, orders, runAgo, stateBefore } from '../../../helpers/core.ts'

const live = { how: 0.1, live: true } as const
const runs = [
  runAgo(180, { a: live, b: { how: 0.2, live: true }, c: 0.3 }),
  runAgo(120, { a: live, b: 'refused', c: { how: 0.3, live: true } }),
  runAgo(60, { a: live, b: { how: 0.1, judgement: 'fail' }, c: { how: 0.3, live: true } }),
]
const rotations = [
  { time: now - 90_000, in: [], out: [{ edge: 'z', reason: 'no longer in the edge list' }] },
  { time: now - 120_000, in: [{ edge: 'c', reason: 'takes a free place' }], out: [{ edge: 'b', reason: 'refused' }] },
]
const net = network('abcd', { up_after: 3 })
const stored = stateBefore({ live: ['a', 'c'], runs })

describe('why an edge is where it is', () => {
  test('is told with the numbers, since when, and what would change it', () => {
    expect(whyOf('b', { network: net, stored, rotations, now })).toEqual({
      edge: 'b',
      sentences: [
        'b has been out of rotation since 2026-01-01 11:58:30 UTC (2 m); judged fail since 2026-01-01 11:58:30 UTC (2 m).',
        'Last cycle (2026-01-01 11:59:30 UTC, 1 m ago): 0.1 s, good probe 1 of the 3 it takes to pass again; out while it fails.',
        'Fetch time: 0.1 s in that cycle, 3.4 s on average in the last 300 s, 3.4 s over all 3 samples, 1 failed; goodenough is 0.5 s.',
        'It left at 2026-01-01 11:58:30 UTC (2 m ago): refused.',
      ],
      needs: 'any',
      changes: ['2 more good probes in a row, and a free place: 2 of 2 are healthy', 'an order: blindforce'],
    })
  })

  test('for one in rotation, whose beginning is older than what is known', () => {
    const [state, ...rest] = whyOf('a', { network: net, stored, rotations, now }).sentences
    expect(state).toBe(
      'a has been in rotation since at least 2026-01-01 11:57:30 UTC (3 m); judged pass_threshold since at least 2026-01-01 11:57:30 UTC (3 m).',
    )
    expect(rest).toHaveLength(2)
    expect(whyOf('c', { network: net, stored, rotations, now }).sentences.at(-1)).toBe(
      'It came in at 2026-01-01 11:58:30 UTC (2 m ago): takes a free place.',
    )
  })

  test('for one that came after the last cycle there are no numbers', () => {
    const { sentences, changes } = whyOf('d', { network: net, stored, rotations, now })
    expect(sentences).toEqual([
      'd is out of rotation; it was never judged.',
      expect.stringContaining('it came after the last cycle'),
    ])
    expect(changes[0]).toBe('a probe that finishes')
  })

  test('a failed probe is told with what it counts as', () => {
    const down = stateBefore({ live: [], runs: [runAgo(60, { a: 'bad_status' })] })
    const { sentences } = whyOf('a', { network: network('a'), stored: down, rotations: [], now })
    expect(sentences[2]).toBe(
      'Fetch time: counted as 10 s in that cycle, 10 s on average in the last 300 s, 10 s over 1 sample, 1 failed; goodenough is 0.5 s.',
    )
  })

  test('where the last probe was skipped, the older samples speak', () => {
    const later = stateBefore({ live: ['a'], runs: [...runs, runAgo(-900, { a: 'skipped', b: 0.1, c: 0.1 })] })
    const { sentences } = whyOf('a', { network: net, stored: later, rotations: [], now: now + 901_000 })
    expect(sentences[2]).toBe('Fetch time: 0.1 s over all 3 samples, 0 failed; goodenough is 0.5 s.')
  })
})

describe('orders and freezes', () => {
  test('are told with who gave them and how long they last', () => {
    const given = orders(order('b', 'unavailable', { expires: now + 4_320_000 }))
    const { sentences } = whyOf('b', { network: net, stored: { ...stored, orders: given }, rotations: [], now })
    expect(sentences.at(-1)).toBe(
      'Ordered unavailable by root at 2026-01-01 11:59:30 UTC: "maintenance"; it expires in 1 h 12 m.',
    )
  })

  test('that cannot be read are told as that', () => {
    const broken = { ...stored, orders: new Map([['b', 'unreadable' as const]]), freeze: freeze() }
    expect(whyOf('b', { network: net, stored: broken, rotations: [], now }).sentences.slice(-2)).toEqual([
      'The order for b cannot be read.',
      'The network is frozen by root: "launch".',
    ])
  })
})

test('before the first cycle there is only the state', () => {
  const input = { network: net, stored: stateBefore({ live: ['a'] }), rotations: [], now }
  expect(whyOf('a', input)).toEqual({
    edge: 'a',
    sentences: ['a is in rotation; no cycle has been recorded yet.'],
    needs: 'any',
    changes: ['the first cycle: edgemanage manage'],
  })
  expect(whyOf('b', input).sentences).toEqual(['b is out of rotation; no cycle has been recorded yet.'])
  expect(whyOf('z', input).sentences).toEqual(['z is out of rotation; no cycle has been recorded yet.'])
})

test('a second fetch and who saw what are told (behaviour §10)', () => {
  const votes = [{ region: 'eu-west-1', outcome: 'ok' as const }]
  const failed = runAgo(60, { a: { how: 'timeout', judgement: 'pass_threshold', live: true }, b: 0.1, c: 0.3 })
  const verdicts = new Map([['a', { verdict: 'disputed' as const, votes }]])
  const newest = { ...failed, circumstances: { ...noCircumstances, verdicts, rechecked: new Set(['a']) } }
  const before = runAgo(120, { a: live, b: 0.1, c: 0.3 })
  const seen = stateBefore({ live: ['a'], runs: [before, newest] })
  const { sentences } = whyOf('a', { network: network('abc', { edge_count: 1 }), stored: seen, rotations: [], now })
  expect(sentences[1]).toContain('fails here, answers from 1 of 1 region (eu-west-1); stays live')
  expect(sentences[2]).toBe('It was fetched once more before it was judged.')
})
