import { expect, test } from 'vitest'
import { doubtsAbout } from '../../../../functions/core/config/plausibility.ts'
import { readSettingsFile } from '../../../../functions/core/config/settings-file.ts'
import { networkOf, settingsOf } from '../../../helpers/world.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => `edge${at}.example.net`)
const doubts = (count: number, changes: Parameters<typeof settingsOf>[0]) =>
  doubtsAbout(networkOf(names(count), { settings: settingsOf(changes) }), readSettingsFile('', []))

test.each([
  [1500, { timeout: 10, workers: 500 }, null],
  [1501, { timeout: 10, workers: 500 }, 41],
  [100, { timeout: 10, workers: 34 }, null],
  [100, { timeout: 10, workers: 33 }, 41],
  [900, { timeout: 15, workers: 900 }, null],
  [17_000, { timeout: 1, workers: 900 }, null],
  [32_000, { timeout: 1, workers: 900 }, 37],
])('whether %i edges with %j can all time out in time', (count, changes, seconds) => {
  const told = doubts(count, changes).map(problem => problem.message)
  const expected = `if every probe times out, probing takes ${seconds} s and ends unfinished after 35 s: raise workers or lower timeout`
  expect(told).toEqual(seconds === null ? [] : [expected])
})

test('alarms.slow_seconds above timeout could never be reached', () => {
  const told = (slow_seconds: number | null) =>
    doubts(3, { timeout: 3, alarms: { email: null, slow_seconds } }).map(problem => problem.message)
  expect(told(4)).toEqual([
    'alarms.slow_seconds (4 s) is above timeout (3 s), which no fetch takes: the alarm goes off at 3 s',
  ])
  expect([told(3), told(null)]).toEqual([[], []])
})

test('a doubt stops nothing', () => {
  const found = doubts(3, { edge_count: 200, goodenough: 10 })
  expect(found).toHaveLength(3)
  expect(found.every(problem => problem.severity === 'warning')).toBe(true)
})

test.each<[string, Parameters<typeof settingsOf>[0], string | null]>([
  ['the brake is off', { brake: 0 }, null],
  ['it can hold', { brake: 0.5, brake_cycles: 3 }, null],
  ['no share is more than all', { brake: 1 }, 'brake (1) never holds: no more than all live edges can fail at once'],
  [
    'one live edge',
    { brake: 0.5, edge_count: 1 },
    'brake never holds a live set of 1 edge: it takes two that fail at once',
  ],
  ['cycles without a brake', { brake_cycles: 2 }, 'brake_cycles (2) has no effect without brake'],
  ['time for vantage points', { vantages: ['eu-west-1'], timeout: 10, recheck: 2 }, null],
  [
    'not enough of it',
    { vantages: ['eu-west-1'], timeout: 10, recheck: 3 },
    "a probe, its recheck and the vantage points may take 36 s (3 × timeout + recheck + 3), more than the 35 s of a cycle's probing: vantage points then have less time, or none; lower timeout (10 s)",
  ],
  ['nobody asks', { timeout: 15, recheck: 10 }, null],
])('second sight: %s (behaviour §10)', (_, changes, expected) => {
  const told = doubts(3, changes).map(problem => problem.message)
  expect(told).toEqual(expected === null ? [] : [expected])
})

test("Route 53's name servers can only be asked about what is pushed there (behaviour §12)", () => {
  const { served, route53 } = settingsOf()
  const told = (enabled: boolean) =>
    doubts(3, { served: { ...served, route53: true }, route53: { ...route53, enabled } }).map(one => one.message)
  expect(told(false)).toEqual(['served.route53 has no effect: net pushes nothing to Route 53 (route53.enabled)'])
  expect(told(true)).toEqual([])
})
