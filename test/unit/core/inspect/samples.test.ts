import { expect, test } from 'vitest'
import { hourSamplesOf, hoursBefore, kindOf, samplesOf } from '../../../../functions/core/inspect/samples.ts'
import { network, now, runAgo } from '../../../helpers/core.ts'

const iso = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString()
const runs = [
  runAgo(180, { a: 0.1 }),
  runAgo(120, { a: { how: 0.2, live: true }, b: 0.1 }, { '192.0.2.200': 0.3 }),
  runAgo(60, { a: 'refused' }),
  runAgo(0, { a: 'skipped' }),
]

test('samples are told in their order, from a time on', () => {
  expect(samplesOf(runs, 'edge', 'a', now - 120_000)).toEqual([
    { time: iso(120), fetchSeconds: 0.2, outcome: 'ok', judgement: 'pass_threshold', live: true },
    {
      ...{ time: iso(60), fetchSeconds: 10, outcome: 'refused', judgement: 'fail', live: false },
      ...{ detail: 'refused', tookSeconds: null },
    },
    { time: iso(0), fetchSeconds: null, outcome: 'skipped', judgement: null, live: false },
  ])
  expect(samplesOf(runs, 'canary', '192.0.2.200', 0)).toMatchObject([{ time: iso(120), fetchSeconds: 0.3 }])
  expect(samplesOf(runs, 'edge', 'z', 0)).toEqual([])
})

test('hours are told of those who have an average', () => {
  const hours = [
    { time: now - 7_200_000, edges: new Map([['a', 0.5]]), canaries: new Map([['c', 0.1]]) },
    { time: now - 3_600_000, edges: new Map([['a', 0.6]]), canaries: new Map() },
    { time: now, edges: new Map(), canaries: new Map() },
  ]
  expect(hourSamplesOf(hours, 'edge', 'a', now - 3_600_000)).toEqual([{ time: iso(3600), average: 0.6 }])
  expect(hourSamplesOf(hours, 'canary', 'c', 0)).toEqual([{ time: iso(7200), average: 0.1 }])
})

test('the hours before are those that ended before the first sample', () => {
  const hours = [3_700_000, 3_600_000, 100_000].map(ago => ({ time: new Date(now - ago).toISOString(), average: 1 }))
  const samples = samplesOf(runs, 'edge', 'a', now)
  expect(hoursBefore(samples, hours)).toEqual(hours.slice(0, 2))
  expect(hoursBefore([], hours)).toEqual(hours)
})

test.each([
  ['a', 'edge'],
  ['x', 'edge'],
  ['192.0.2.9', 'canary'],
  ['192.0.2.8', 'canary'],
  ['b', 'edge'],
  ['192.0.2.200', 'canary'],
  ['z', null],
])('%s is %s', (name, kind) => {
  const canaries = ['192.0.2.9', '192.0.2.8'].map(address => ({ zone: 'example.org', address }))
  expect(kindOf(name, network('ax', {}, { canaries }), runs)).toBe(kind)
})
