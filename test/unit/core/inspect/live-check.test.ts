import { describe, expect, test } from 'vitest'
import { checks, thresholdsOf } from '../../../../functions/core/inspect/checks.ts'
import { withOutage } from '../../../../functions/core/inspect/live-check.ts'
import { network, now, type RunMember, runAgo, stateBefore } from '../../../helpers/core.ts'

const net = network('abcd', { edge_count: 3 })

function input(edges: Record<string, RunMember>, live: string[], of = net, given: { critical?: string } = {}) {
  const thresholds = thresholdsOf(checks.live, of, given)
  if (typeof thresholds === 'string') throw new Error(thresholds)
  const stored = stateBefore({ live, runs: Object.keys(edges).length === 0 ? [] : [runAgo(30, edges)] })
  return { network: of, stored, lastCycle: now, lastStatus: 'ok', now, thresholds, all: false }
}

describe('check live (behaviour §8.6)', () => {
  test.each<[string, Record<string, RunMember>, string[], string, string]>([
    [
      'as many as are wanted',
      { a: 0.1, b: 3, c: 0.1, d: 'refused' },
      ['a', 'b', 'c'],
      'OK',
      'net: 3 of 3 live edges pass',
    ],
    ['more than that', { a: 0.1, b: 3, c: 0.1, d: 0.1 }, ['a', 'b', 'c', 'd'], 'OK', 'net: 4 of 4 live edges pass'],
    [
      'enough, and one that fails',
      { a: 0.1, b: 3, c: 0.1, d: 'timeout' },
      ['a', 'b', 'c', 'd'],
      'OK',
      'net: 3 of 4 live edges pass',
    ],
    ['fewer', { a: 0.1, b: 0.1, c: 'refused' }, ['a', 'b', 'c'], 'WARN', 'net: 2 of 3 wanted live edges pass'],
    ['one', { a: 0.1, b: 'refused' }, ['a', 'b'], 'WARN', 'net: 1 of 3 wanted live edges passes'],
    ['none', { a: 'verify_failed', b: 'refused' }, ['a', 'b'], 'CRIT', 'net: none of the 3 wanted live edges passes'],
    ['none of the live ones', { a: 'timeout', b: 0.1 }, ['a'], 'CRIT', 'net: none of the 3 wanted live edges passes'],
    ['nobody is live', { a: 0.1 }, [], 'CRIT', 'net: none of the 3 wanted live edges passes'],
  ])('%s', (_, edges, live, status, text) => {
    expect(checks.live.work(input(edges, live))).toMatchObject({ status, text })
  })

  test.each(['blind', 'failed', 'no_edges'])('a last cycle that ended as %s leaves it in doubt', lastStatus => {
    const well = input({ a: 0.1, b: 0.1, c: 0.1 }, ['a', 'b', 'c'])
    expect(checks.live.work({ ...well, lastStatus })).toMatchObject({
      status: 'WARN',
      text: `net: 3 of 3 live edges pass; the last cycle ended as ${lastStatus}`,
    })
    expect(checks.live.work({ ...well, lastStatus: null })).toMatchObject({ status: 'OK' })
  })

  test('the list may be shorter than edge_count', () => {
    const short = network('a', { edge_count: 3 })
    expect(checks.live.work(input({ a: 0.1 }, ['a'], short))).toMatchObject({
      status: 'OK',
      text: 'net: 1 of 1 live edge passes',
      figures: [
        { name: 'passing', value: 1 },
        { name: 'wanted', value: 1, thresholds: null },
      ],
    })
    expect(checks.live.work(input({ a: 'refused' }, ['a'], short))).toMatchObject({ status: 'CRIT' })
  })

  test('thresholds may be others', () => {
    expect(checks.live.work(input({ a: 0.1, b: 0.1 }, ['a', 'b'], net, { critical: '3:' })).status).toBe('CRIT')
  })

  test('without a recorded cycle it is unknown', () => {
    expect(checks.live.work(input({}, ['a']))).toMatchObject({ status: 'UNKNOWN', text: 'no cycle of net is recorded' })
  })

  test('without a network there is a threshold for none alone', () => {
    expect(checks.live.defaults(null)).toEqual({ warn: null, crit: '1:' })
  })
})

describe('a check of something else', () => {
  const fine = { status: 'OK', text: 'fine', figures: [] } as const

  test('stays as it is where enough live edges pass', () => {
    expect(withOutage(fine, input({ a: 0.1, b: 0.1, c: 0.1 }, ['a', 'b', 'c']))).toBe(fine)
  })

  test('says where too few do, and warns where none does', () => {
    expect(withOutage(fine, input({ a: 0.1 }, ['a']))).toMatchObject({
      status: 'OK',
      text: 'fine; 1 of 3 wanted live edges passes',
    })
    const outage = input({ a: 'refused' }, ['a'])
    expect(withOutage(fine, outage)).toMatchObject({ status: 'WARN', text: expect.stringContaining('none of the 3') })
    expect(withOutage({ ...fine, status: 'CRIT' }, outage).status).toBe('CRIT')
  })
})

test('a brake that holds is a warning, and disputes are named (behaviour §10)', () => {
  const of = network('abcd', { edge_count: 2, brake: 0.3 })
  const alive = { how: 0.1, live: true } as const
  const down = { how: 'timeout', live: true } as const
  const runs = [
    runAgo(90, { a: alive, b: alive, c: alive, d: alive }),
    runAgo(30, { a: down, b: down, c: alive, d: alive }),
  ]
  const plain = input({ a: 0.1 }, ['a'], of)
  const stored = stateBefore({ live: ['a', 'b', 'c', 'd'], runs })
  expect(checks.live.work({ ...plain, stored })).toMatchObject({
    status: 'WARN',
    text: 'net: 2 of 4 live edges pass; braked: 2 of 4 live edges failed at once and the brake holds the set for up to 1 cycle',
  })
})
