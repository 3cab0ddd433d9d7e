import { describe, expect, test, vi } from 'vitest'
import type { Settings } from '../../functions/core/config/settings.ts'
import type { Outcome } from '../../functions/core/domain/model.ts'
import { addressesIn, addressOf, freeze, network, order, orders, plannedText, type Told } from '../helpers/core.ts'
import { isWhole } from '../helpers/part.ts'
import { type Chapter, type Lived, storyOf, type Voting } from '../helpers/story.ts'
import { zoneOf } from '../helpers/world.ts'

vi.setConfig({ testTimeout: 120_000 })

const regions = ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-west-2', 'sa-east-1']
/** The first of these names are live: they are faster. */
const names = (count: number) => [...'abcdefghijklmnopqrstuvwxyz'.slice(0, count)]
const failing = (edges: readonly string[], how: Told = 'timeout') => Object.fromEntries(edges.map(one => [one, how]))

/** A set of `live` edges with as many in reserve, which are slower. */
function scene(live: number, settings: Partial<Settings>, changes = {}) {
  const all = names(2 * live).join('')
  return network(all, { edge_count: live, dnschange_maxfreq: 0, ...settings }, changes)
}
const slow = (live: number): Record<string, Told> => failing(names(2 * live).slice(live), 0.3)
/** A good cycle, then as many of this one. */
const goodThen = (live: number, count: number, chapter: Chapter): Chapter[] => [
  { edges: slow(live) },
  ...Array.from({ length: count }, () => ({ ...chapter, edges: { ...slow(live), ...chapter.edges } })),
]
const judgementIn = ({ decision }: Lived, name: string) =>
  decision.participants.edges.find(one => one.name === name)?.assessed.judgement
const liveIn = ({ decision }: Lived) => decision.liveSet.live

/** Every way in which that many vantage points may vote. */
function* combinations(count: number): Generator<Outcome[]> {
  if (count === 0) return yield []
  for (const rest of combinations(count - 1))
    for (const one of ['ok', 'refused', 'skipped'] as const) yield [...rest, one]
}

describe('a dispute over ten cycles (behaviour §10.2)', () => {
  test.each(isWhole() ? [1, 2, 3, 4, 5] : [1, 2, 3])('with every vote of %i vantage points', count => {
    const net = scene(2, { vantages: regions.slice(0, count) })
    for (const votes of combinations(count)) {
      const voting: Voting = (_edge, _cycle, _told, region) => votes[regions.indexOf(region)] ?? 'skipped'
      const story = storyOf(net, goodThen(2, 10, { edges: { a: 'timeout' } }), voting)
      const ok = votes.filter(one => one === 'ok').length
      const cast = votes.filter(one => one !== 'skipped').length
      const isDisputed = cast > 0 && ok >= (cast + 1) / 2
      const asked = story.flatMap(({ asked }, cycle) => (asked.includes('a') ? [cycle] : []))
      expect(asked, votes.join(' ')).toEqual(isDisputed ? [1, 6] : [1])
      for (const cycle of story.slice(1)) {
        expect(judgementIn(cycle, 'a'), votes.join(' ')).toBe(isDisputed ? 'pass_threshold' : 'fail')
        expect(liveIn(cycle)).toEqual(isDisputed ? ['a', 'b'] : ['b', 'c'])
      }
    }
  })

  const one = { vantages: ['eu-west-1'] }
  /** What is said at the first question, and later. */
  const turning =
    (later: Outcome): Voting =>
    (_edge, cycle) =>
      cycle === 1 ? 'ok' : later

  test.each<[Outcome, string]>([
    ['refused', 'confirmed'],
    ['skipped', 'left to the prober'],
  ])('at the second question the answer is %s, so that it is %s', later => {
    const story = storyOf(scene(2, one), goodThen(2, 10, { edges: { a: 'timeout' } }), turning(later))
    expect(story.map(cycle => judgementIn(cycle, 'a'))).toEqual([
      ...Array(6).fill('pass_threshold'),
      ...Array(5).fill('fail'),
    ])
    expect(story.flatMap(({ asked }, cycle) => asked.map(() => cycle))).toEqual([1, 6])
  })

  test('cycles that are not recorded do not count, those in which the edge was skipped do', () => {
    const down = { edges: { ...slow(2), a: 'timeout' as const } }
    const skipped = { edges: { ...slow(2), a: 'skipped' as const } }
    const blind = { ...down, blind: true }
    const questions = (chapters: Chapter[]) =>
      storyOf(scene(2, one), [{ edges: slow(2) }, ...chapters], () => 'ok').flatMap(({ asked }, at) =>
        asked.map(() => at),
      )
    expect(questions([down, blind, down, blind, down, down, down, down])).toEqual([1, 8])
    expect(questions([down, skipped, down, skipped, down, down])).toEqual([1, 6])
    expect(questions([down, down, down, down, down, skipped, down])).toEqual([1, 7])
    // An answer ends it, and the next failure is another one.
    expect(questions([down, down, { edges: slow(2) }, down, down])).toEqual([1, 4])
  })

  test('with down_after the question is asked when the failures are enough', () => {
    const story = storyOf(scene(2, { ...one, down_after: 3 }), goodThen(2, 9, { edges: { a: 'timeout' } }), () => 'ok')
    expect(story.flatMap(({ asked }, cycle) => asked.map(() => cycle))).toEqual([3, 8])
    expect(story.every(cycle => judgementIn(cycle, 'a') === 'pass_threshold')).toBe(true)
  })
})

describe('more than 16 that fall', () => {
  const all = names(20)
  const net = network(all.join(''), { edge_count: 20, vantages: ['eu-west-1'] })

  test.each(Array.from({ length: 17 }, (_, ok) => ok))('%i of the 16 that are asked about answer', ok => {
    const voting: Voting = edge => (all.indexOf(edge) < ok ? 'ok' : 'refused')
    const chapters = [{}, ...Array.from({ length: 6 }, () => ({ edges: failing(all) }))]
    const story = storyOf(net, chapters, voting)
    const kept = ok >= 8 ? all : all.slice(0, ok)
    for (const cycle of story.slice(1))
      expect(all.filter(edge => judgementIn(cycle, edge) !== 'fail')).toEqual(ok === 0 ? [] : kept)
    expect(story[1]?.asked).toEqual(all.slice(0, 16))
    expect(story[6]?.asked).toEqual(kept.slice(0, ok === 0 ? 0 : 16))
    expect(story.slice(2, 6).flatMap(({ asked }) => asked)).toEqual([])
  })
})

describe('the brake, with 1 to 10 members and 1 to 10 cycles (behaviour §10.3)', () => {
  const counts = isWhole() ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] : [1, 2, 3, 5, 10]
  test.each(counts)('%i members', live => {
    for (const brakeCycles of counts) {
      const net = scene(live, { brake: 0.5, brake_cycles: brakeCycles })
      for (let down = 0; down <= live; down++) {
        const dead = names(down)
        const story = storyOf(net, goodThen(live, brakeCycles + 1, { edges: failing(dead) }))
        const isBraked = down >= 2 && down > live / 2
        const replaced = [...names(live).slice(down), ...names(live + down).slice(live)]
        for (const [cycle, lived] of story.entries()) {
          const holds = isBraked && cycle >= 1 && cycle <= brakeCycles
          const how = `${down} of ${live}, brake_cycles ${brakeCycles}, cycle ${cycle}`
          expect(lived.decision.liveSet.isBraked, how).toBe(holds)
          expect(liveIn(lived), how).toEqual(cycle === 0 || holds ? names(live) : replaced)
          expect(lived.decision.liveSet.answer === 'suppressed', how).toBe(holds)
        }
      }
    }
  })
})

describe('the brake with everything else', () => {
  const dead = ['a', 'b', 'c']
  const replaced = ['d', 'e', 'f', 'g']
  const brake = { brake: 0.5, brake_cycles: 2 }
  const held = ['a', 'b', 'c', 'd']
  const story = (settings: Partial<Settings>, chapter: Chapter = {}, voting?: Voting, count = 4) =>
    storyOf(scene(4, { ...brake, ...settings }), goodThen(4, count, { edges: failing(dead), ...chapter }), voting)
  const sets = (lived: readonly Lived[]) => lived.map(one => liveIn(one).join(''))
  const braked = (lived: readonly Lived[]) => lived.map(({ decision }) => decision.liveSet.isBraked)

  test('alone it holds for two cycles', () => {
    expect(sets(story({}))).toEqual([held.join(''), held.join(''), held.join(''), 'defg', 'defg'])
  })

  test.each<[string, Voting, string[], boolean[]]>([
    ['confirmed: replaced at once', () => 'refused', ['abcd', 'defg', 'defg'], [false, false, false]],
    ['silent: braked', () => 'skipped', ['abcd', 'abcd', 'abcd'], [false, true, true]],
    ['disputed: nothing fails', () => 'ok', ['abcd', 'abcd', 'abcd'], [false, false, false]],
    [
      'one confirmed, two unheard of: two of four are not more than half',
      edge => (edge === 'a' ? 'refused' : 'skipped'),
      ['abcd', 'defg', 'defg'],
      [false, false, false],
    ],
    [
      'one disputed, two unheard of: the one stays',
      edge => (edge === 'a' ? 'ok' : 'skipped'),
      ['abcd', 'adef', 'adef'],
      [false, false, false],
    ],
  ])('with vantage points, %s', (_, voting, expected, brakes) => {
    const lived = story({ vantages: ['eu-west-1'] }, {}, voting, 2)
    expect(sets(lived)).toEqual(expected)
    expect(braked(lived)).toEqual(brakes)
  })

  test('what was confirmed and could not be replaced is never fresh again while it fails', () => {
    const none = { edges: failing([...dead, 'e', 'f', 'g', 'h']) }
    const lived = story({ vantages: ['eu-west-1'], brake_cycles: 10 }, none, () => 'refused', 4)
    expect(braked(lived)).toEqual(Array(5).fill(false))
  })

  test.each<[string, Chapter['state']]>([
    ['a member that is ordered out', { orders: orders(order('d', 'unavailable')) }],
    ['an edge that is ordered in', { orders: orders(order('h', 'force')) }],
    ['an edge that is ordered in whatever it is', { orders: orders(order('h', 'blindforce')) }],
  ])('%s changes the set all the same, which says so', (_, state) => {
    const [, first] = story({}, { ...(state === undefined ? {} : { state }) }, undefined, 1) as [Lived, Lived]
    expect(first.decision.liveSet).toMatchObject({ isBraked: true, answer: 'rotate' })
    expect(first.decision.liveSet.braked).toContain('the set changes all the same')
    expect(liveIn(first)).not.toEqual(held)
  })

  test('an order that asks for nothing new changes nothing', () => {
    const [, first] = story({}, { state: { orders: orders(order('a', 'force')) } }, undefined, 1) as [Lived, Lived]
    expect(first.decision.liveSet).toMatchObject({ isBraked: true, answer: 'suppressed' })
  })

  test('a member that has left the configuration changes the set', () => {
    const whole = scene(4, brake)
    const without = { ...whole, edges: whole.edges.filter(({ name }) => name !== 'd') }
    const [, first] = story({}, { network: without }, undefined, 1) as [Lived, Lived]
    expect(first.decision.liveSet).toMatchObject({ isBraked: true, answer: 'rotate' })
    expect(liveIn(first)).not.toContain('d')
  })

  test('a set without a passing edge is held, too; budget and freeze would let it go', () => {
    const none = { edges: failing(held) }
    expect(sets(story({}, none, undefined, 3))).toEqual(['abcd', 'abcd', 'abcd', 'efgh'])
    const freezing = { ...none, state: { freeze: freeze() } }
    expect(sets(story({}, freezing, undefined, 3))).toEqual(['abcd', 'abcd', 'abcd', 'efgh'])
  })

  test('a freeze holds on when the brake has ended', () => {
    const lived = story({}, { state: { freeze: freeze() } })
    expect(sets(lived)).toEqual(Array(5).fill('abcd'))
    expect(braked(lived)).toEqual([false, true, true, false, false])
    expect(lived[1]?.decision.warnings.join()).toMatch(/held back, as 3 of 4 live edges failed at once/)
    expect(lived[3]?.decision.warnings.join()).toMatch(/held back, as the network is frozen/)
  })

  test('so does a spent budget', () => {
    const lived = story({ dnschange_maxfreq: 1 })
    expect(sets(lived)).toEqual(Array(5).fill('abcd'))
    expect(lived[3]?.decision.warnings.join()).toMatch(/held back, as the budget/)
  })

  test('canaries come and go beside it', () => {
    const canaries = [{ zone: 'example.org', address: '198.51.100.1' }]
    const net = scene(4, brake, { zones: [zoneOf('example.org')], canaries })
    const bad = { canaries: failing(['198.51.100.1']) }
    const chapters = goodThen(4, 2, { edges: failing(dead) }).map((chapter, at) =>
      at === 0 ? { ...chapter, ...bad } : chapter,
    )
    const [first, second] = storyOf(net, chapters) as [Lived, Lived]
    expect(addressesIn(plannedText(first.decision))).toEqual(held.map(addressOf))
    expect(second.decision).toMatchObject({ rotation: null, liveSet: { isBraked: true } })
    // It takes the place of a failing member.
    const published = addressesIn(plannedText(second.decision))
    expect(published).toContain('198.51.100.1')
    expect(published).toContain(addressOf('d'))
    expect(published).toHaveLength(4)
  })

  test('a blind cycle says nothing of it, and does not count', () => {
    const down = { edges: { ...slow(4), ...failing(dead) } }
    const lived = storyOf(scene(4, brake), [{ edges: slow(4) }, down, { ...down, blind: true }, down, down])
    expect(lived[2]?.decision.warnings.join()).not.toContain('brake')
    expect(sets(lived)).toEqual(['abcd', 'abcd', 'abcd', 'abcd', 'defg'])
    expect(replaced.join('')).toBe('defg')
  })
})
