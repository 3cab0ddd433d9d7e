import { describe, expect, test } from 'vitest'
import { alternativesOf } from '../../../../functions/core/replay/alternatives.ts'
import { type Replay, replay } from '../../../../functions/core/replay/replay.ts'
import { network, now } from '../../../helpers/core.ts'
import { type Recorded, recordedOf, replayInput, type Script } from '../../../helpers/recorded.ts'

const replayed = (net: ReturnType<typeof network>, script: Script, ...sweep: string[]): Replay =>
  replay(replayInput(net, recordedOf(net, script), ...sweep))
const metricsOf = ({ alternatives }: Replay) => alternatives.map(({ metrics }) => metrics)
const minute = 60_000

describe('hand-made histories with known answers', () => {
  const blips: Script = {
    // Each blip hits an edge that is live as it was: a, then c that came for it, then b, then d.
    probes: { a: '..x..........', b: '........x....', c: '.....x.......', d: '..........x..' },
  }

  test('one-cycle blips: with down_after 2 there are exactly that many evictions fewer', () => {
    const found = replayed(network('abcd'), blips, 'down_after=1,2,3')
    expect(found.was.metrics).toMatchObject({ rotations: 5, evictions: 4, exposureMinutes: 4, shortMinutes: 0 })
    expect(metricsOf(found)).toMatchObject([
      { rotations: 5, evictions: 4, exposureMinutes: 4 },
      { rotations: 1, evictions: 0, exposureMinutes: 2 },
      { rotations: 1, evictions: 0, exposureMinutes: 2 },
    ])
    expect(found.alternatives.map(({ differing }) => differing > 0)).toEqual([false, true, true])
    expect(found.faithful).toEqual({ cycles: 13, alike: 13, first: null, unknownOrders: 0 })
  })

  test('a failure that lasts is exposed for longer with down_after 2, and evicted all the same', () => {
    const found = replayed(network('abc'), { probes: { a: '..xxxxx', b: '.......', c: '.......' } }, 'down_after=2')
    expect(found.was.metrics).toMatchObject({ rotations: 2, evictions: 1, exposureMinutes: 1 })
    expect(metricsOf(found)).toMatchObject([{ rotations: 2, evictions: 1, exposureMinutes: 2 }])
  })

  test('goodenough raised over a slow edge spares the rotation, and costs fetch time', () => {
    const slow = { probes: { a: '...666', b: '......' } }
    const found = replayed(network('ab', { edge_count: 1 }), slow, 'goodenough=0.7')
    expect(found.was.metrics).toEqual({
      rotations: 2,
      evictions: 0,
      exposureMinutes: 0,
      shortMinutes: 0,
      fetchSeconds: 0.1,
    })
    expect(metricsOf(found)).toMatchObject([{ rotations: 1, fetchSeconds: 0.35 }])
  })

  test('edge_count up and down', () => {
    const found = replayed(network('abc'), { probes: { a: '...', b: '.x.', c: '.x.' } }, 'edge_count=1,2,3')
    expect(metricsOf(found)).toMatchObject([
      { rotations: 1, exposureMinutes: 0, shortMinutes: 0 },
      { rotations: 1, exposureMinutes: 1, shortMinutes: 1 },
      { rotations: 1, exposureMinutes: 2, shortMinutes: 1 },
    ])
    expect(found.alternatives.map(({ course }) => course.sets.map(({ live }) => live.join('')))).toEqual([
      ['a'],
      ['ab'],
      ['abc'],
    ])
  })

  test('a spent budget holds the set', () => {
    const found = replayed(network('abcd'), blips, 'dnschange_maxfreq=1,3')
    expect(metricsOf(found).map(({ rotations }) => rotations)).toEqual([1, 3])
  })

  test('a window of samples bears on judgements', () => {
    const probes = { a: '9...6', b: '99999' }
    const found = replayed(network('ab', { edge_count: 1 }), { probes }, 'history.window=0,300')
    expect(found.faithful.alike).toBe(5)
    expect(found.alternatives.map(({ course }) => course.sets.length)).toEqual([1, 1])
  })

  test('orders and freezes of a cycle hold for every policy', () => {
    const script: Script = {
      probes: { a: '.....', b: '.....', c: '.....' },
      orders: { 1: { a: 'unavailable' }, 2: { a: 'unavailable' }, 3: { c: 'blindforce' } },
      frozen: [2, 3],
    }
    const found = replayed(network('abc'), script, 'down_after=2')
    expect(found.faithful).toMatchObject({ cycles: 5, alike: 5 })
    expect(found.alternatives[0]?.course).toEqual(found.was.course)
    expect(found.was.course.sets.map(({ live }) => live.join(''))).toEqual(['ab', 'bc'])
  })

  test('an edge that leaves the list leaves every live set', () => {
    const probes = { a: '..x..', b: '.....', c: '.....' }
    const found = replayed(network('abc'), { probes, gone: { b: 3, c: 4 } }, 'down_after=2')
    expect(found.faithful).toMatchObject({ cycles: 5, alike: 5 })
    expect(found.was.course.sets.map(({ live }) => live.join(''))).toEqual(['ab', 'bc', 'ac', 'a'])
    expect(found.alternatives[0]?.course.sets.map(({ live }) => live.join(''))).toEqual(['ab', 'ac', 'a'])
    expect(metricsOf(found)).toMatchObject([{ evictions: 0, shortMinutes: 0 }])
  })

  test('the brake spares two rotations for a blip of two edges at once, and costs a minute each where they are dead', () => {
    const blip = { probes: { a: '..x....', b: '..x....', c: '.......', d: '.......' } }
    const found = replayed(network('abcd'), blip, 'brake=0,0.5')
    expect(metricsOf(found)).toMatchObject([
      { rotations: 2, evictions: 2, exposureMinutes: 2, shortMinutes: 0 },
      { rotations: 1, evictions: 0, exposureMinutes: 2, shortMinutes: 1 },
    ])
    const dead = { probes: { a: '..xxxxx', b: '..xxxxx', c: '.......', d: '.......' } }
    expect(metricsOf(replayed(network('abcd', { brake: 0.5 }), dead, 'brake_cycles=1,2,3'))).toMatchObject([
      { rotations: 2, evictions: 2, exposureMinutes: 4, shortMinutes: 1 },
      { rotations: 2, evictions: 2, exposureMinutes: 6, shortMinutes: 2 },
      { rotations: 2, evictions: 2, exposureMinutes: 8, shortMinutes: 3 },
    ])
    // One of two is no more than half.
    const alone = { probes: { a: '..x..', b: '.....', c: '.....' } }
    expect(metricsOf(replayed(network('abc'), alone, 'brake=0.5'))).toMatchObject([{ rotations: 2, evictions: 1 }])
  })

  test('recorded votes count in every policy: a dispute lasts, what is confirmed is not braked', () => {
    const net = network('abcd', { vantages: ['eu-west-1'] })
    const disputed = {
      probes: { a: '..xxxx.', b: '.......', c: '.......' },
      verdicts: { 2: { a: 'disputed' } },
    } as const
    const kept = replayed(net, disputed, 'down_after=1,2,3')
    expect(kept.faithful).toMatchObject({ cycles: 7, alike: 7 })
    expect(metricsOf(kept)).toMatchObject(Array(3).fill({ rotations: 1, evictions: 0, exposureMinutes: 4 }))
    const dead = { a: '..xxxxx', b: '..xxxxx', c: '.......', d: '.......' }
    const verdicts = { 2: { a: 'confirmed', b: 'confirmed' } } as const
    const gone = replayed(net, { probes: dead, verdicts }, 'brake=0.5')
    expect(metricsOf(gone)).toMatchObject([{ rotations: 2, evictions: 2, exposureMinutes: 2 }])
    const unheard = replayed(net, { probes: dead }, 'brake=0.5')
    expect(metricsOf(unheard)).toMatchObject([{ rotations: 2, evictions: 2, exposureMinutes: 4 }])
  })
})

describe('the minutes of a cycle', () => {
  test('last until the next one, at most two intervals; the last cycle counts for one', () => {
    const probes = { a: '.x', b: '..', c: '..' }
    const settings = { edge_count: 3 }
    const exposure = (intervalSeconds: number) =>
      replayed(network('abc', settings), { probes, intervalSeconds }).was.metrics.exposureMinutes
    expect([exposure(60), exposure(3600)]).toEqual([1, 1])
    const early = { a: '.x.', b: '...', c: '...' }
    const first = (intervalSeconds: number) =>
      replayed(network('abc', settings), { probes: early, intervalSeconds }).was.metrics.exposureMinutes
    expect([first(30), first(90), first(3600)]).toEqual([0.5, 1.5, 2])
  })
})

describe('a part of what is recorded', () => {
  const net = network('abcd', { down_after: 2, dnschange_maxfreq: 2 })
  const script: Script = { probes: { a: '.xxx....xx...', b: '.....xx......', c: '..........xx.', d: '.............' } }
  const recorded = recordedOf(net, script)
  const from = (first: number, changes: Partial<Recorded> = {}): Replay => {
    const input = replayInput(net, { ...recorded, ...changes }, 'down_after=1')
    return replay({ ...input, runs: recorded.runs.slice(first), earlier: recorded.runs.slice(0, first) })
  }

  test('begins with the live set, the rotations and the samples of before', () => {
    for (let first = 0; first < recorded.runs.length; first++) {
      const { faithful } = from(first)
      expect(faithful).toEqual({
        cycles: recorded.runs.length - first,
        alike: faithful.cycles,
        first: null,
        unknownOrders: 0,
      })
    }
  })

  test('tells which cycles it went through, and how far it is', () => {
    const told: string[] = []
    const input = replayInput(net, recorded)
    const { span, network: name } = replay({ ...input, onProgress: (done, total) => told.push(`${done}/${total}`) })
    expect([name, span]).toEqual(['net', { from: now - 12 * minute, to: now }])
    expect([told[0], told.at(-1), told.length]).toEqual(['1/13', '13/13', 13])
  })

  test('of no cycle nothing is told', () => {
    const found = replay({ ...replayInput(net, recorded, 'down_after=1'), runs: [] })
    expect(found.span).toBeNull()
    expect(found.faithful.cycles).toBe(0)
    expect(found.was.metrics).toEqual({
      rotations: 0,
      evictions: 0,
      exposureMinutes: 0,
      shortMinutes: 0,
      fetchSeconds: null,
    })
  })
})

describe('where unchanged settings do not give what is recorded', () => {
  const net = network('abc')
  const recorded = recordedOf(net, { probes: { a: '..x..', b: '.....', c: '.....' } })

  test('the first cycle that differs is told, with the reason', () => {
    const { faithful } = replay(replayInput(network('abc', { down_after: 2 }), recorded))
    expect(faithful).toMatchObject({ cycles: 5, alike: 2, first: { time: now - 2 * minute } })
    expect(faithful.first?.why).toBe(
      'a would have been live, c would not have been live: a was judged fail, and would be judged pass_threshold: its settings differed from the current ones',
    )
  })

  test('the settings of each cycle, where they are known, give it exactly', () => {
    const input = replayInput(network('abc', { down_after: 2 }), recorded, 'down_after=1,2')
    const found = replay({ ...input, settingsOf: () => net.settings })
    expect(found.faithful.alike).toBe(5)
    expect(metricsOf(found).map(({ evictions }) => evictions)).toEqual([1, 0])
  })
})

test('what is not possible has no alternatives', () => {
  expect(alternativesOf({ set: ['timeout=3'], sweep: [] }, network('a').settings)).toHaveProperty('faults')
})
