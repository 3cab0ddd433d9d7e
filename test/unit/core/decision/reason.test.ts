import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { changeReason, observation, type ReasonFacts, reasonOf } from '../../../../functions/core/decision/reason.ts'
import type { Mode } from '../../../../functions/core/domain/model.ts'
import { noSamples } from '../../../../functions/core/history/total.ts'
import type { Assessed } from '../../../../functions/core/judgement/assess.ts'
import type { Rule } from '../../../../functions/core/live-set/select.ts'
import { assessed, now, order, told } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

const standing = { judgement: 'pass' as const, failures: 1, successes: 0 }
const refused = told('refused', null, { detail: 'refused 3 times', tookSeconds: 0.02 })

describe('what was seen', () => {
  const rows: [words: string, facts: Partial<Assessed>, settings: Partial<Settings>][] = [
    ['0.1 s, under goodenough (0.5 s)', {}, {}],
    [
      '0.6 s, over goodenough (0.5 s) by no more than stay_factor 1.5 grants a live edge',
      { probe: told(0.6) },
      { stay_factor: 1.5 },
    ],
    [
      '0.57 s, over goodenough (0.57 s) by no more than stay_factor 1.5 grants a live edge',
      { probe: told(0.57) },
      { goodenough: 0.57, stay_factor: 1.5 },
    ],
    [
      '0.9 s, but 0.4 s on average in the last 300 s',
      { probe: told(0.9), judgement: 'pass_window', window: { sumMicros: 1_200_000, count: 3 } },
      {},
    ],
    [
      '0.9 s, but 0.3 s on average',
      { probe: told(0.9), judgement: 'pass_average', all: { sumMicros: 1_200_000, count: 4 } },
      {},
    ],
    [
      '3 s, over goodenough (0.5 s), 1.5 s on average',
      { probe: told(3), judgement: 'pass', all: { sumMicros: 3_000_000, count: 2 } },
      {},
    ],
    [
      '0.1 s, good probe 2 of the 3 it takes to pass again',
      { judgement: 'fail', standing: { judgement: 'fail', failures: 0, successes: 1 } },
      { up_after: 3 },
    ],
    ['refused 3 times in 0.02 s', { probe: refused, judgement: 'fail' }, {}],
    [
      'refused 3 times in 0.02 s, failure 2 of the 3 it takes to fail',
      { probe: refused, judgement: 'pass', standing },
      { down_after: 3 },
    ],
    [
      'no answer within 10 s',
      { probe: told('timeout', null, { detail: 'no answer within 10 s', tookSeconds: 10 }), judgement: 'fail' },
      {},
    ],
    [
      'not probed to the end in this cycle (probing ended before it was done)',
      { probe: told('skipped', null, { detail: 'probing ended before it was done' }) },
      {},
    ],
  ]
  test.each(rows)('%s', (words, facts, settings) => {
    const seen = { assessed: assessed(facts), settings: settingsOf(settings), verdict: null }
    expect(observation(seen)).toBe(words)
  })
})

test('what vantage points saw of a failure is said at once (behaviour §10.2)', () => {
  const probe = told('refused', null, { detail: 'refused 3 times', tookSeconds: 0.02 })
  const votes = ['eu-west-1', 'us-west-2'].map(region => ({ region, outcome: 'ok' as const }))
  const facts = { assessed: assessed({ probe }), settings: settingsOf() }
  expect(observation({ ...facts, verdict: { verdict: 'disputed', votes } })).toBe(
    'refused 3 times in 0.02 s: fails here, answers from 2 of 2 regions (eu-west-1, us-west-2)',
  )
})

describe('what follows', () => {
  const available = { mode: 'available' as Mode, order: null, warning: null }
  const forced = { mode: 'force' as Mode, order: order('a', 'force'), warning: null }
  const seen = '0.1 s, under goodenough (0.5 s)'
  const facts = (rule: Rule, changes: Partial<ReasonFacts>): ReasonFacts => ({
    assessed: assessed(),
    order: available,
    rule,
    settings: settingsOf(),
    wasIn: false,
    verdict: null,
    held: null,
    ...changes,
  })

  test.each<[words: string, rule: Rule, changes: Partial<ReasonFacts>]>([
    ['ordered force by root: "maintenance"', { state: 'in', by: 'ordered' }, { order: forced }],
    [
      'ordered force until 2026-01-01 12:01:30 UTC by root: "maintenance"',
      { state: 'in', by: 'ordered' },
      { order: { ...forced, order: order('a', 'force', { expires: now + 60_000 }) } },
    ],
    ['stays live', { state: 'in', by: 'incumbent' }, { wasIn: true }],
    ['stays live', { state: 'in', by: 'fill' }, { wasIn: true }],
    ['takes a free place', { state: 'in', by: 'fill' }, {}],
    ['live for want of passing edges, as it answers', { state: 'in', by: 'up_after' }, {}],
    ['stays live for want of passing edges', { state: 'in', by: 'up_after' }, { wasIn: true }],
    ['stays live for want of passing edges', { state: 'in', by: 'last_resort' }, { wasIn: true }],
    [
      'ordered unavailable by root: "maintenance"',
      { state: 'out', by: 'unavailable' },
      { order: { ...forced, mode: 'unavailable' } },
    ],
    [
      'its order cannot be read: counts as unavailable',
      { state: 'out', by: 'unavailable' },
      { order: { ...available, mode: 'unavailable' } },
    ],
    ['no address of it is known', { state: 'out', by: 'no_address' }, {}],
    ['stays so that the zones have an IPv4 address', { state: 'in', by: 'family' }, { wasIn: true }],
    ['comes in so that the zones have an IPv4 address', { state: 'in', by: 'family' }, {}],
    ['gives its place to b, so that the zones have an IPv4 address', { state: 'out', by: 'family', as: 'b' }, {}],
    ['has the same address as b, which takes part', { state: 'out', by: 'same_address', as: 'b' }, {}],
    ['not needed: all 2 places are taken', { state: 'out', by: 'places_taken' }, {}],
    [
      'not needed: the place is taken',
      { state: 'out', by: 'places_taken' },
      { settings: settingsOf({ edge_count: 1 }) },
    ],
    ['does not come in on a failed probe', { state: 'out', by: 'probe_failed' }, {}],
    ['never judged yet', { state: 'out', by: 'not_judged' }, {}],
    ['out while it fails', { state: 'out', by: 'failing' }, {}],
    [
      'out while it fails; stays live, because the network is frozen',
      { state: 'out', by: 'failing' },
      { held: 'stays live, because the network is frozen' },
    ],
  ])('%s', (words, rule, changes) => {
    expect(reasonOf(facts(rule, changes))).toBe(`${seen}; ${words}`)
  })
})

describe('who came for whom', () => {
  test.each([
    ['out; replaced by edge7, 0.12 s on average', 'edge7', { sumMicros: 240_000, count: 2 }, 'out' as const],
    ['out; replaces edge7, 10 s on average', 'edge7', { sumMicros: 10_000_000, count: 1 }, 'in' as const],
    ['out; replaced by edge7', 'edge7', noSamples, 'out' as const],
    ['out', undefined, noSamples, 'out' as const],
  ])('%s', (words, other, average, side) => {
    expect(changeReason('out', other, average, side)).toBe(words)
  })
})
