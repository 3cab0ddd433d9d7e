import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { noCircumstances } from '../../../../functions/core/history/run.ts'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { seen } from '../../../../functions/core/status-page/facts.ts'
import { figuresOf, headlineOf } from '../../../../functions/core/status-page/headline.ts'
import { noticesOf } from '../../../../functions/core/status-page/notices.ts'
import { freeze, network, now, order, orders, type RunMember, runAgo, stateBefore } from '../../../helpers/core.ts'

interface Told {
  readonly edges?: Record<string, RunMember>
  readonly live?: readonly string[]
  readonly settings?: Partial<Settings>
  readonly before?: Partial<Before>
  readonly lastCycle?: number | null
  readonly lastStatus?: string
}

const factsOf = ({ edges, live, settings, before, lastCycle = now, lastStatus = 'ok' }: Told) => {
  const runs = edges === undefined ? [] : [runAgo(0, edges)]
  const stored = stateBefore({ runs, live: live ?? Object.keys(edges ?? {}), ...before })
  return seen({ network: network('ab', settings), stored, lastCycle, lastStatus, rotations: [], now, spans: [] })
}
const alive = (how: RunMember): RunMember => ({ ...(typeof how === 'object' ? how : { how }), live: true })

describe('the headline', () => {
  test('is never good news beside a notice that is not', () => {
    const edges = { a: alive(0.1), b: alive(0.1) }
    const stale = headlineOf(factsOf({ edges, lastCycle: now - 3_600_000 }))
    expect(stale).toEqual({ tone: 'bad', text: 'When last looked at: All 2 live edges pass.' })
    expect(headlineOf(factsOf({ edges, before: { freeze: freeze() } }))).toEqual({
      tone: 'fair',
      text: 'All 2 live edges pass.',
    })
    expect(headlineOf(factsOf({ edges, lastStatus: 'blind' }))).toEqual({
      tone: 'bad',
      text: 'When last looked at: All 2 live edges pass.',
    })
    expect(headlineOf(factsOf({ edges, lastStatus: 'failed' }))).toEqual({
      tone: 'bad',
      text: 'All 2 live edges pass, but not everything is well.',
    })
  })

  test.each<[string, Told, string, string]>([
    ['nothing known', {}, 'quiet', 'No cycle has been recorded yet.'],
    ['all well', { edges: { a: alive(0.1), b: alive(0.1) } }, 'good', 'All 2 live edges pass.'],
    [
      'one, well',
      { edges: { a: alive(0.1), b: 0.1 }, live: ['a'], settings: { edge_count: 1 } },
      'good',
      'The live edge passes.',
    ],
    ['none live', { edges: { a: 'refused', b: 'refused' }, live: [] }, 'bad', 'No edge is live.'],
    ['all fail', { edges: { a: alive('refused'), b: alive('refused') } }, 'bad', 'None of the 2 live edges passes.'],
    [
      'the only one fails',
      { edges: { a: alive('refused'), b: 0.1 }, live: ['a'], settings: { edge_count: 1 } },
      'bad',
      'The live edge does not pass.',
    ],
    [
      'one fails',
      { edges: { a: alive('refused'), b: alive(0.1) } },
      'fair',
      'Shortage: 1 of 2 wanted live edges passes, 1 fails.',
    ],
    [
      'too few',
      { edges: { a: alive(0.1), b: 'refused' }, live: ['a'] },
      'fair',
      'Shortage: 1 of 2 wanted live edges passes.',
    ],
    [
      'more than wanted, one of them fails',
      { edges: { a: alive(0.1), b: alive('refused') }, settings: { edge_count: 1 } },
      'fair',
      '1 of 2 live edges pass.',
    ],
  ])('%s', (_name, told, tone, text) => {
    expect(headlineOf(factsOf(told))).toEqual({ tone, text })
  })

  test('several that fail', () => {
    const stored = stateBefore({
      runs: [runAgo(0, { a: alive('refused'), b: alive('refused'), c: alive(0.1) })],
      live: ['a', 'b', 'c'],
    })
    const facts = {
      network: network('abc', { edge_count: 3 }),
      stored,
      lastCycle: now,
      lastStatus: 'ok',
      rotations: [],
      now,
      spans: [],
    }
    expect(headlineOf(seen(facts)).text).toBe('Shortage: 1 of 3 wanted live edges passes, 2 fail.')
  })
})

describe('figures', () => {
  const value = (told: Told, label: string) => figuresOf(factsOf(told)).find(one => one.label.startsWith(label))?.value

  test('live set and its age, who stands by, budget and age of the last cycle', () => {
    const told: Told = {
      edges: { a: alive(0.1), b: 0.1 },
      live: ['a'],
      before: { rotations: [now - 120_000] },
      lastCycle: now - 5000,
    }
    expect(value(told, 'live')).toBe('1 of 2')
    expect(value(told, 'unchanged')).toBe('2 m')
    expect(value(told, 'standing by')).toBe('1')
    expect(value(told, 'last cycle')).toBe('5 s ago')
    expect(value(told, 'rotations left in 10 m')).toBe('9 of 10')
  })

  test('what is not known is said so', () => {
    const told: Told = { lastCycle: null, settings: { dnschange_maxfreq: 0 }, before: { live: null } }
    expect(value(told, 'live')).toBe('unknown of 2')
    expect(value(told, 'unchanged')).toBe('–')
    expect(value(told, 'last cycle')).toBe('never')
    expect(value(told, 'rotations left')).toBe('unlimited')
  })
})

describe('second sight (behaviour §10)', () => {
  const votes = [{ region: 'eu-west-1', outcome: 'ok' as const }]
  const kept = { how: 'refused', judgement: 'pass_threshold', live: true } as const
  const facts = (edges: Record<string, RunMember>, disputed: readonly string[]) => {
    const verdicts = new Map(disputed.map(edge => [edge, { verdict: 'disputed' as const, votes }]))
    const runs = [
      runAgo(60, { a: alive(0.1), b: alive(0.1), c: alive(0.1) }),
      { ...runAgo(0, edges), circumstances: { ...noCircumstances, verdicts } },
    ]
    const net = network('abc', { edge_count: 3, brake: 0.5 })
    const stored = stateBefore({ runs, live: ['a', 'b', 'c'] })
    return seen({ network: net, stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] })
  }

  test('a brake that holds is the first thing to read', () => {
    const braked = facts({ a: alive('refused'), b: alive('refused'), c: alive(0.1) }, [])
    expect(headlineOf(braked)).toMatchObject({ tone: 'bad', text: expect.stringMatching(/^Braked\. Shortage: 1 of 3/) })
    expect(noticesOf(braked)).toEqual([
      {
        tone: 'bad',
        text: 'Braked: 2 of 3 live edges failed at once and the brake holds the set for up to 1 cycle. If they are down, the set is replaced after that.',
      },
    ])
  })

  test('a brake that an order overrode says so, and promises nothing', () => {
    const stored = stateBefore({
      runs: [
        runAgo(60, { a: alive(0.1), b: alive(0.1), c: 0.1 }),
        runAgo(0, { a: 'refused', b: alive('refused'), c: alive(0.1) }),
      ],
      live: ['b', 'c'],
      orders: orders(order('a', 'unavailable', { since: now - 90_000 })),
    })
    const net = network('abc', { edge_count: 2, brake: 0.5 })
    const given = { network: net, stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] }
    expect(noticesOf(seen(given)).map(({ text }) => text)).toContain(
      'Braked: 2 of 2 live edges failed at once, but the set changes all the same for an order or an edge that left the list.',
    )
  })

  test.each([
    [{ a: kept, b: alive(0.1), c: alive(0.1) }, ['a'], 'Disputed: a fails here, but answers from other regions.'],
    [{ a: kept, b: kept, c: alive(0.1) }, ['a', 'b'], 'Disputed: a, b fail here, but answer from other regions.'],
  ])('disputes are told', (edges, disputed, text) => {
    expect(noticesOf(facts(edges, disputed))).toEqual([{ tone: 'fair', text }])
    expect(headlineOf(facts(edges, disputed)).text).toBe('All 3 live edges pass.')
  })
})
