import { expect, test } from 'vitest'
import { type LogFacts, logOf } from '../../../../functions/core/inspect/log.ts'
import type { LogEntry } from '../../../../functions/core/inspect/log-entry.ts'
import { network, now, runAgo } from '../../../helpers/core.ts'

const entry = (changes: Partial<LogEntry>): LogEntry => {
  return { time: now - 50_000, what: 'order', about: 'a', by: 'me', comment: 'work', ...changes }
}
const net = network('ab', { edge_count: 2 })
const happened = (changes: Partial<LogFacts>) =>
  logOf({ network: net, runs: [], rotations: [], entries: [], from: now - 3_600_000, now, ...changes })
const texts = (changes: Partial<LogFacts>) => happened(changes).map(({ text }) => text)

test('everything in the order of time, and nothing from before or after the span', () => {
  const rotations = [
    { time: now - 20_000, in: [{ edge: 'b', reason: 'passes' }], out: [{ edge: 'a', reason: 'fails' }] },
    { time: now - 4_000_000, in: [], out: [{ edge: 'c', reason: 'old' }] },
  ]
  const entries = [entry({ mode: 'force', expires: now + 60_000 }), entry({ time: now - 10_000, what: 'order-end' })]
  expect(texts({ rotations, entries })).toEqual([
    'order for a: force until 2026-01-01 12:01:30 UTC, by me: "work"',
    '- a out: fails',
    '+ b in: passes',
    'the order for a was ended, by me: "work"',
  ])
})

test.each([
  [entry({ comment: null }), 'order for a: unknown, by me'],
  [entry({ what: 'freeze', about: '', expires: null }), 'frozen, by me: "work"'],
  [entry({ what: 'thaw', about: '' }), 'thawed, by me: "work"'],
  [entry({ what: 'push', about: '0123456789abcdef' }), 'configuration 0123456789ab was pushed, by me: "work"'],
  [entry({ what: 'rollback', about: '0123456789abcdef' }), 'rolled back to configuration 0123456789ab, by me: "work"'],
  [
    entry({ what: 'folder', about: '0123456789abcdef' }),
    'the folder was taken up as configuration 0123456789ab, by me: "work"',
  ],
  [entry({ what: 'deploy', about: '0123456789abcdef' }), 'a deploy brought configuration 0123456789ab'],
  [
    entry({ what: 'deploy', about: '0123456789abcdef', setAside: { hash: 'fedcba9876543210', by: 'ann' } }),
    'a deploy brought configuration 0123456789ab and set aside fedcba987654, pushed by ann',
  ],
  [entry({ what: 'cycle', about: 'failed', comment: 'no table' }), 'cycles began to fail: no table'],
  [entry({ what: 'cycle', about: 'no_edges', comment: null }), 'cycles began to find no edge that can be live'],
  [entry({ what: 'cycle', about: 'ok', comment: null }), 'cycles are well again'],
])('%j', (one, text) => {
  expect(texts({ entries: [one] })).toEqual([text])
})

test('an order that was not ended before expires, and so does a freeze', () => {
  const expires = now - 5_000
  const order = entry({ mode: 'force', expires })
  expect(texts({ entries: [order] })[1]).toBe('the order force for a expired')
  expect(texts({ entries: [order, entry({ time: now - 9_000, what: 'order-end' })] })).toHaveLength(2)
  expect(texts({ entries: [order, entry({ time: now - 9_000, about: 'b' })] })).toHaveLength(3)
  // One that comes at the very moment comes to an edge whose order has expired.
  expect(texts({ entries: [order, entry({ time: expires, what: 'order-end' })] })).toHaveLength(3)
  expect(texts({ entries: [entry({ what: 'freeze', about: '', expires })] })[1]).toBe('the freeze expired')
})

test('a shortage is told where it begins and where it ends', () => {
  const well = { a: { how: 0.1, live: true }, b: { how: 0.1, live: true } }
  const short = { a: { how: 0.1, live: true }, b: { how: 'refused' as const, live: true } }
  const runs = [runAgo(240, well), runAgo(180, short), runAgo(120, short), runAgo(60, well)]
  expect(happened({ runs })).toMatchObject([
    { time: now - 180_000, text: 'shortage: 1 of 2 wanted live edges passes: b refused', isTrouble: true },
    { time: now - 60_000, text: 'the shortage is over: 2 of 2 wanted live edges pass', isTrouble: false },
  ])
})

test('a shortage names three of the edges that fail, and counts the others', () => {
  const how = (at: number) => ({ how: 'refused' as const, live: at < 5 })
  const edges = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => [name, how(at)]))
  expect(texts({ runs: [runAgo(60, edges)] })).toEqual([
    'shortage: 0 of 2 wanted live edges pass: a refused, b refused, c refused, and 2 more',
  ])
  const slow = { a: { how: 0.1, judgement: 'fail' as const, live: true } }
  expect(texts({ runs: [runAgo(60, slow)] })).toEqual(['shortage: 0 of 1 wanted live edges pass'])
})

test('times without a recorded cycle are told', () => {
  const well = { a: { how: 0.1, live: true }, b: { how: 0.1, live: true } }
  expect(texts({ runs: [runAgo(1200, well), runAgo(600, well)] })).toEqual([
    'no cycle was recorded for 10 m after this; the next was at 2026-01-01 11:50:30 UTC',
    'no cycle was recorded for 10 m after this; and none since',
  ])
})
