import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { packEntry } from '../../../../functions/core/history/run.ts'
import type { CheckInput } from '../../../../functions/core/inspect/check-input.ts'
import { checks, thresholdsOf } from '../../../../functions/core/inspect/checks.ts'
import { freeze, network, now, runAgo, stateBefore } from '../../../helpers/core.ts'

const net = network('abc')
const runs = [runAgo(30, { a: { how: 1, live: true }, b: { how: 3, live: true }, c: 'verify_failed' })]
const state = (changes: Parameters<typeof stateBefore>[0] = {}) => stateBefore({ live: ['a', 'b'], runs, ...changes })

function run(
  name: keyof typeof checks,
  changes: Partial<CheckInput> = {},
  given: { warning?: string; critical?: string } = {},
) {
  const thresholds = thresholdsOf(checks[name], net, given)
  if (typeof thresholds === 'string') throw new Error(thresholds)
  const lastCycle = now - 12_500
  const input = { network: net, stored: state(), lastCycle, lastStatus: 'ok', now, thresholds, all: false }
  return checks[name].work({ ...input, ...changes })
}

describe('integrity', () => {
  test('one wrong test object is critical by default', () => {
    const { status, text, figures } = run('integrity')
    expect(status).toBe('CRIT')
    expect(text).toBe('1 of 3 edges of net serve a wrong test object: c')
    expect(figures).toMatchObject([{ name: 'verify_failed', value: 1 }])
  })

  test('thresholds may allow some', () => {
    expect(run('integrity', {}, { warning: '0', critical: '1' }).status).toBe('WARN')
  })

  test('none is OK', () => {
    const stored = state({ runs: [runAgo(30, { a: 'refused', b: 0.1 })] })
    expect(run('integrity', { stored })).toMatchObject({ status: 'OK', text: expect.stringContaining('(2 probed)') })
  })

  test('what served nothing cannot be compared', () => {
    const of = (edges: Parameters<typeof runAgo>[1], live = ['a', 'b']) =>
      run('integrity', { stored: state({ live, runs: [runAgo(30, edges)] }) })
    expect(of({ a: 'refused', b: 0.1 }).text).toMatch(/; 1 of them served nothing to compare$/)
    expect(of({ a: 'refused', b: 'timeout', c: 'skipped' })).toMatchObject({
      status: 'UNKNOWN',
      text: 'no edge of net served anything to compare with the test object',
    })
    expect(of({ a: 'refused', b: 'bad_status', c: 0.1 })).toMatchObject({
      status: 'UNKNOWN',
      text: 'no live edge of net served anything to compare with the test object',
    })
    expect(of({ a: 'skipped', c: 0.1 }, ['a']).status).toBe('OK')
    expect(of({ a: 'refused', b: 'verify_failed' }).status).toBe('CRIT')
  })

  test('nobody probed is unknown', () => {
    expect(run('integrity', { stored: state({ runs: [runAgo(30, { a: 'skipped' })] }) }).status).toBe('UNKNOWN')
  })
})

describe('latency', () => {
  test('of the edges in rotation, 2 s warns', () => {
    const { status, text, figures } = run('latency')
    expect({ status, text }).toEqual({ status: 'WARN', text: '1 of 2 edges of net too slow: b 3 s' })
    expect(figures.map(({ name, value }) => [name, value])).toEqual([
      ['a', 1],
      ['b', 3],
    ])
  })

  test('4 s is critical, and all edges may be asked for', () => {
    const { status, text } = run('latency', { all: true })
    expect({ status, text }).toEqual({
      status: 'CRIT',
      text: '2 of 3 edges of net too slow: b 3 s, c 10 s (verify_failed)',
    })
  })

  test('all fast is OK and names the slowest', () => {
    expect(run('latency', {}, { warning: '5' })).toMatchObject({
      status: 'OK',
      text: 'slowest edge in rotation of net: b 3 s',
    })
    expect(run('latency', { all: true }, { warning: '20', critical: '20' }).text).toMatch(
      /^slowest edge of net: c 10 s/,
    )
  })

  test('an edge in rotation that failed is never OK', () => {
    const stored = state({ runs: [runAgo(30, { a: 'refused', b: 0.1 }, {}, 1)] })
    expect(run('latency', { stored })).toMatchObject({
      status: 'WARN',
      text: '1 of 2 edges of net too slow: a 1 s (refused)',
    })
  })

  test('how a probe failed is told as far as it is kept: its status code, and how long it really took', () => {
    const failed = (failure: { cause: number; tookMs: number }) => {
      const entry = { outcome: 'bad_status', judgement: 'fail', micros: 10_000_000, live: true, failure } as const
      const told = { ...runAgo(30, { a: 'bad_status' }), entries: Uint32Array.from([packEntry(entry)]) }
      return run('latency', { stored: state({ live: ['a'], runs: [told] }) }).text
    }
    expect(failed({ cause: 503, tookMs: 20 })).toContain('a 10 s (bad_status: status 503 in 0.02 s)')
    expect(failed({ cause: 503, tookMs: 0 })).toContain('a 10 s (bad_status: status 503)')
    expect(failed({ cause: 0, tookMs: 20 })).toContain('in 0.02 s)')
    const old = { ...runAgo(30, { a: { how: 'refused', live: true } }), timeoutMicros: null }
    expect(run('latency', { stored: state({ live: ['a'], runs: [old] }) }).text).toContain('(refused)')
  })

  test('where all in rotation failed it is critical, however short the timeout', () => {
    const stored = state({ runs: [runAgo(30, { a: 'refused', b: 'timeout', c: 0.1 }, {}, 1)] })
    expect(run('latency', { stored }).status).toBe('CRIT')
    expect(run('latency', { stored, all: true }, { warning: '20', critical: '20' }).status).toBe('CRIT')
  })

  test('nobody in rotation is unknown', () => {
    expect(run('latency', { stored: state({ live: [] }) })).toMatchObject({
      status: 'UNKNOWN',
      text: expect.stringContaining('no edge in rotation'),
    })
  })
})

describe('rotation', () => {
  test.each([
    [1, 'OK'],
    [4, 'OK'],
    [5, 'WARN'],
    [9, 'CRIT'],
  ])('%d in ten minutes is %s', (count, status) => {
    const rotations = [now - 601_000, ...Array.from({ length: count }, (_, at) => now - 600_000 + at)]
    const checked = run('rotation', { stored: state({ rotations }) })
    expect(checked).toMatchObject({ status, figures: [{ name: 'rotations', value: count }] })
    expect(checked.text).toContain(count === 1 ? '1 rotation of net' : `${count} rotations of net`)
  })
})

test.each(['rotation', 'freshness'] as const)('%s is no comfort where no live edge passes', name => {
  const dead = state({ runs: [runAgo(30, { a: 'refused', b: 'timeout', c: 0.1 })] })
  expect(run(name, { stored: dead })).toMatchObject({
    status: 'WARN',
    text: expect.stringMatching(/; none of the 2 wanted live edges passes$/),
  })
  const short = state({ runs: [runAgo(30, { a: 'refused', b: 0.1, c: 0.1 })] })
  expect(run(name, { stored: short })).toMatchObject({
    status: 'OK',
    text: expect.stringMatching(/; 1 of 2 wanted live edges passes$/),
  })
})

describe('freshness', () => {
  test.each(['failed', 'blind', 'no_edges'])('cycles that end as %s are no less fresh, and a warning', lastStatus => {
    expect(run('freshness', { lastStatus }).status).toBe('WARN')
  })

  test('an old cycle tells nothing about live edges', () => {
    const stored = state({ runs: [runAgo(4000, { a: 'refused', b: 'refused' })] })
    expect(run('freshness', { stored })).toMatchObject({ status: 'OK', text: 'last cycle of net was 12 s ago' })
  })

  test.each([
    [12, 'OK'],
    [181, 'WARN'],
    [301, 'CRIT'],
  ])('%d s is %s', (seconds, status) => {
    const checked = run('freshness', { lastCycle: now - seconds * 1000 })
    expect(checked).toMatchObject({ status, figures: [{ name: 'age', value: seconds, unit: 's' }] })
  })

  test('says how the last cycle ended, unless it was ok', () => {
    expect(run('freshness').text).toBe('last cycle of net was 12 s ago')
    expect(run('freshness', { lastStatus: null }).text).toBe('last cycle of net was 12 s ago')
    expect(run('freshness', { lastStatus: 'blind' }).text).toBe('last cycle of net was 12 s ago (blind)')
  })

  test('a frozen network is a warning, and nothing less where the cycle is late', () => {
    const stored = state({ freeze: freeze() })
    expect(run('freshness', { stored })).toMatchObject({
      status: 'WARN',
      text: expect.stringContaining('; the network is frozen by root: "launch"'),
    })
    expect(run('freshness', { stored, lastCycle: now - 400_000 }).status).toBe('CRIT')
  })

  test('no cycle at all is unknown', () => {
    expect(run('freshness', { lastCycle: null }).status).toBe('UNKNOWN')
  })

  test('without a network the frequency is the usual one', () => {
    expect(checks.freshness.defaults(null)).toEqual({ warn: '180', crit: '300' })
    const slow = network('a', { run_frequency: 120 } as Partial<Settings>)
    expect(checks.freshness.defaults(slow)).toEqual({ warn: '360', crit: '600' })
  })
})

test.each(['integrity', 'latency', 'rotation'] as const)('%s is unknown without a cycle, or with an old one', name => {
  expect(run(name, { stored: state({ runs: [] }) })).toMatchObject({
    status: 'UNKNOWN',
    text: 'no cycle of net is recorded',
  })
  const old = state({ runs: [runAgo(660, { a: 0.1 })] })
  expect(run(name, { stored: old })).toMatchObject({
    status: 'UNKNOWN',
    text: 'the last recorded cycle of net is 11 m old',
  })
})

test('a threshold that is not a range is told', () => {
  expect(thresholdsOf(checks.latency, net, { warning: 'x' })).toMatch(/^"x" is not a range/)
  expect(thresholdsOf(checks.latency, net, { critical: '2:1' })).toMatch(/^"2:1" is not a range/)
})
