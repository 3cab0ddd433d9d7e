import { describe, expect, test } from 'vitest'
import { entryOf } from '../../../../functions/core/history/history.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { materialOf } from '../../../../functions/core/legacy/material.ts'
import { type PresentRun, runsOf } from '../../../../functions/core/legacy/runs.ts'
import { type Store, stateText, storeText } from '../../../helpers/original.ts'
import { networkOf } from '../../../helpers/world.ts'

const now = Date.UTC(2026, 0, 1, 12)
const noon = now / 1000
const network = networkOf(['a', 'b', 'c'], { canaries: [{ zone: 'example.org', address: '192.0.2.9' }] })
const rules = { goodenoughMicros: 500_000, keep: 10 }

function imported(
  stores: Record<string, Store>,
  state: Store | null = null,
  present: readonly PresentRun[] = [],
): Run[] {
  const texts = new Map(Object.entries(stores).map(([name, store]) => [name, storeText(store)]))
  const material = materialOf({ stores: texts, state: state === null ? null : stateText(state) }, network, now)
  return runsOf(material, present, rules)
}

/** Samples by seconds before noon. */
const fetched = (samples: Record<string, number>) =>
  Object.fromEntries(Object.entries(samples).map(([ago, seconds]) => [String(noon - Number(ago)), seconds]))

/** A run in a line: seconds before noon, then each member with outcome, judgement, microseconds, live. */
function inWords(run: Run): string {
  const member = (kind: 'edge' | 'canary') => (name: string) => {
    const entry = entryOf(run, kind, name)
    return `${name} ${entry?.outcome} ${entry?.judgement} ${entry?.micros}${entry?.live ? ' live' : ''}`
  }
  const members = [...run.roster.edges.map(member('edge')), ...run.roster.canaries.map(member('canary'))]
  return `${(now - run.time) / 1000}: ${members.join(', ')}`
}

const asPresent = (runs: readonly Run[], isImported = true) => runs.map(run => ({ run, imported: isImported }))

describe("the original's samples as recorded cycles", () => {
  test('say nothing of the circumstances of the cycle: the canary killer did not fire in them', () => {
    const [run] = imported({ a: { fetch_times: fetched({ 60: 0.1 }) } })
    expect(run).toMatchObject({ killed: false, timeoutMicros: null, configuration: null, circumstances: null })
  })

  test('older ones say what their samples tell, the newest what was held of everyone', () => {
    const runs = imported({
      a: { fetch_times: fetched({ 120: 0.1, 60: 10 }), health: 'pass_window', state: 'in' },
      b: { fetch_times: fetched({ 119: 0.9, 59: 0.9 }), health: 'pass' },
      '192.0.2.9': { fetch_times: fetched({ 118: 10, 58: 0.2 }), health: null, state: 'in' },
    })
    expect(runs.map(inWords)).toEqual([
      '120: a ok pass_threshold 100000, b ok null 900000, 192.0.2.9 timeout fail 10000000',
      '60: a timeout pass_window 10000000 live, b ok pass 900000, 192.0.2.9 ok pass_threshold 200000',
    ])
  })

  test('who is missing was skipped in older ones; in the newest, whoever was there a cycle before or never yet', () => {
    const runs = imported({
      a: { fetch_times: fetched({ 180: 0.1, 120: 0.1, 60: 0.1 }), health: 'pass' },
      b: { fetch_times: fetched({ 180: 0.1 }), health: 'pass' },
      c: { health: 'pass_average', state: 'in' },
      '192.0.2.9': { fetch_times: fetched({ 120: 0.1 }), health: 'fail' },
    })
    expect(runs.map(inWords)).toEqual([
      '180: a ok pass_threshold 100000, b ok pass_threshold 100000, 192.0.2.9 skipped null 0',
      '120: a ok pass_threshold 100000, b skipped null 0, 192.0.2.9 ok pass_threshold 100000',
      '60: a ok pass 100000, c skipped pass_average 0 live, 192.0.2.9 skipped fail 0',
    ])
  })

  test('a single one has nothing before it', () => {
    expect(imported({ a: { fetch_times: fetched({ 60: 0.1 }) } }).map(inWords)).toEqual(['60: a ok pass 100000'])
  })

  test('the state file says who was live and who served wrong bytes', () => {
    const stores = {
      a: { fetch_times: fetched({ 120: 10, 60: 10 }), health: 'fail', state: 'in' },
      b: { fetch_times: fetched({ 60: 10 }), health: 'fail' },
    }
    expect(imported(stores, { last_live: ['b'], verification_failures: ['a'] }).map(inWords)).toEqual([
      '120: a timeout fail 10000000, b skipped null 0',
      '60: a verify_failed fail 10000000, b timeout fail 10000000 live',
    ])
  })

  test('only the newest that are kept', () => {
    const samples = Object.fromEntries(Array.from({ length: 14 }, (_, n) => [60 * (n + 1), 0.1]))
    expect(imported({ a: { fetch_times: fetched(samples) } })).toHaveLength(10)
  })

  test('nothing from files without samples', () => expect(imported({ a: {} })).toEqual([]))
})

describe('what is recorded already', () => {
  const stores = {
    a: { fetch_times: fetched({ 120: 0.1, 60: 0.2 }) },
    b: { fetch_times: fetched({ 119: 0.3, 59: 0.4 }) },
  }
  const first = imported(stores)

  test('is not added twice', () => expect(imported(stores, null, asPresent(first))).toEqual([]))

  test('by our own cycles stays, even at the same time', () => {
    expect(imported(stores, null, asPresent(first, false))).toEqual([])
  })

  test('by our own cycles at other times is no reason to leave anything out', () => {
    const own = first.map(run => ({ ...run, time: run.time - 1 }))
    expect(imported(stores, null, asPresent(own, false))).toEqual(first)
  })

  test('gets the samples that were missing, under the time it has', () => {
    const { a, b } = stores
    const half = asPresent(imported({ b }))
    expect(imported({ a, b }, null, half).map(inWords)).toEqual([
      '119: a ok pass_threshold 100000, b ok pass_threshold 300000',
      '59: a ok pass 200000, b ok pass 400000',
    ])
  })

  test('keeps the samples whose files are damaged now', () => {
    const half = asPresent(imported({ a: stores.a }))
    expect(imported({ b: stores.b }, null, half).map(inWords)).toEqual([
      '120: a ok pass_threshold 100000, b ok pass_threshold 300000',
      '60: a ok pass 200000, b ok pass 400000',
    ])
  })

  test('takes a member that was skipped then', () => {
    const b = { fetch_times: fetched({ 119: 0.3 }) }
    const before = asPresent(imported({ a: stores.a, b }))
    expect(imported(stores, null, before).map(inWords)).toEqual(['60: a ok pass 200000, b ok pass 400000'])
  })

  test('of another cycle close by is another cycle', () => {
    const close = { a: { fetch_times: fetched({ 120: 0.1, 112: 0.2 }) } }
    const before = asPresent(imported(close).slice(0, 1))
    expect(imported(close, null, before).map(run => (now - run.time) / 1000)).toEqual([112])
  })
})
