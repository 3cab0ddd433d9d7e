import { expect, test } from 'vitest'
import {
  changeLines,
  emptyReport,
  isEventful,
  judgedReport,
  type PassReport,
  placedOf,
  troubleLines,
} from '../../../../functions/core/following/pass-report.ts'

const empty = emptyReport(0, null)
const zones = (count: number) => Array.from({ length: count }, (_, at) => `z${at}.example`)
const placed = (names: readonly string[]) => names.map(zone => ({ zone, network: 'net', serial: 1 }))
const failed = (names: readonly string[]) => names.map(zone => ({ zone, network: 'net', reason: 'no' }))

test.each<[string, Partial<PassReport>, string | null]>([
  ['nothing', {}, null],
  [
    'a manifest',
    { networks: [{ network: 'net', manifest: 'unreadable', zones: 0, detail: 'gone' }] },
    'net stays as it was: gone',
  ],
  ['a zone', { failed: failed(['a.example']) }, 'zone a.example of net stays as it was: no'],
  ['many zones', { failed: failed(zones(30)) }, 'and 10 more zones stay as they were'],
  ['zones that are kept', { kept: zones(12) }, 'and 2 more zones): they stay until follow --yes'],
  ['a warning', { warnings: ['boom'] }, 'boom'],
  ['reconfig', { waiting: { reconfig: true, zones: [] } }, 'yet to read the new clauses'],
  ['reloads', { waiting: { reconfig: false, zones: ['a.example'] } }, 'yet to reload a.example'],
])('trouble with %s is told, and fails the pass', (_what, found, words) => {
  const report = judgedReport({ ...empty, ...found })
  expect(report.status).toBe(words === null ? 'ok' : 'failed')
  if (words === null) expect(troubleLines(report)).toEqual([])
  else expect(troubleLines(report).join('\n')).toContain(words)
})

test.each<[Partial<PassReport>, string]>([
  [{ placed: placed(['a.example']), added: ['a.example'] }, '1 new zone: a.example'],
  [{ placed: placed(['a.example']) }, '1 changed zone: a.example'],
  [{ left: ['a.example'] }, '1 zone left: a.example'],
  [{ reconfigured: true }, 'has read the new clauses'],
  [{ reloaded: 'all' }, 'asked to reload all zones'],
  [{ reloaded: zones(2) }, 'asked to reload 2 zones'],
])('%j is told as a change', (found, words) => {
  const report = { ...empty, ...found }
  expect(isEventful(report)).toBe(true)
  expect(changeLines(report).join()).toContain(words)
})

test('what is missing is told, and is no event', () => {
  const report = { ...empty, missing: [{ zone: 'a.example', since: 'x' }] }
  expect([isEventful(report), changeLines(report)]).toEqual([false, ['in no manifest now: a.example']])
})

test('a zone that was placed is told with network and serial', () => {
  const claim = { zone: 'a.example', network: 'net', key: 'k', serial: 7, sha256: 'x' }
  expect(placedOf(claim)).toEqual({ zone: 'a.example', network: 'net', serial: 7 })
})
