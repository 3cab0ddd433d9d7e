import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../../../functions/core/domain/model.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { createFaithfulness } from '../../../../functions/core/replay/faithfulness.ts'
import type { Move } from '../../../../functions/core/replay/policy.ts'
import { replay } from '../../../../functions/core/replay/replay.ts'
import { assessed, network, runAgo } from '../../../helpers/core.ts'
import { recordedOf, replayInput, type Script } from '../../../helpers/recorded.ts'

const goneSamples = 'samples that its averages were based on are no longer kept'
const otherSettings = 'its settings differed from the current ones'

/** Why unchanged settings do not give what this network recorded, where those of now are others. */
function whyOf(script: Script, now: object, change: (run: Run, at: number) => Run = run => run, edges = 'abc'): string {
  const recorded = recordedOf(network(edges), script)
  const input = replayInput(network(edges, now), { ...recorded, runs: recorded.runs.map(change) })
  const { first } = replay(input).faithful
  return first?.why ?? ''
}
const blip: Script = { probes: { a: '..x..', b: '.....', c: '.....' } }

describe('why unchanged settings do not give what is recorded', () => {
  test('orders of older cycles are not known', () => {
    const older = (run: Run): Run => ({ ...run, circumstances: null })
    expect(whyOf(blip, { down_after: 2 }, older)).toContain('the orders and the freeze of that cycle are not known')
    const input = replayInput(network('abc'), recordedOf(network('abc'), blip))
    const { unknownOrders } = replay({ ...input, runs: input.runs.map(older) }).faithful
    expect(unknownOrders).toBe(5)
  })

  test('another configuration was in force', () => {
    const configured = (run: Run, at: number): Run => ({ ...run, configuration: at < 3 ? 'aaaa' : 'bbbb' })
    expect(whyOf(blip, { down_after: 2 }, configured)).toMatch(
      /: settings changed meanwhile: configuration aaaa was in force then; by the cycle of .* UTC it was bbbb$/,
    )
  })

  test('an edge was judged otherwise', () => {
    expect(whyOf(blip, { down_after: 2 })).toMatch(
      /a was judged fail, and would be judged pass_threshold: its settings/,
    )
  })

  test.each<[string, Judgement | null, Judgement | null, boolean, string]>([
    ['averages of samples that are gone', 'pass', 'pass_average', true, goneSamples],
    ['averages of samples that are there', 'pass_window', 'pass', false, otherSettings],
    ['no average is better than the threshold', 'pass_average', 'pass_threshold', true, otherSettings],
    ['judged only then', 'fail', null, true, otherSettings],
    ['judged only now', null, 'pass', true, otherSettings],
  ])('%s', (_, was, is, isShortOfSamples, cause) => {
    const run = runAgo(0, { a: { how: 0.6, judgement: was, live: true } })
    const edge = { assessed: assessed({ name: 'a', judgement: is }), name: 'a' }
    const step = { before: ['a'], after: ['a'], rotated: false, isHeld: false, adopted: null }
    const judged = { participants: { edges: [edge], canaries: [] } }
    const move = { before: ['a'], after: [], rotated: true, judged } as unknown as Move
    const { compare, told } = createFaithfulness({ events: [], runs: [run] })
    compare({ run, move, step, isShortOfSamples })
    const words = `a was judged ${was ?? 'not at all'}, and would be judged ${is ?? 'not at all'}`
    expect(told().first?.why).toBe(`a would not have been live: ${words}: ${cause}`)
  })

  test('nobody was judged otherwise', () => {
    expect(whyOf({ probes: { a: '..', b: '..', c: '..' } }, { edge_count: 1 })).toBe(
      'b would not have been live: samples that its averages were based on are no longer kept, or its settings differed',
    )
    expect(
      whyOf({ probes: { a: '..', b: '..', c: '..' } }, { edge_count: 1, history: { samples: 1, window: 300 } }),
    ).toBe('b would not have been live: its settings, or the addresses of its edges, differed from what is known')
  })

  test('many edges are counted', () => {
    expect(whyOf({ probes: { a: '.' } }, { edge_count: 7 }, undefined, 'abcdefgh')).toContain(
      'c, d, e and 2 more would have been live: ',
    )
  })

  test('the same set at another time', () => {
    const recorded = recordedOf(network('ab'), { probes: { a: '..', b: '..' } })
    const input = replayInput(network('ab'), { ...recorded, rotations: [] })
    const [first] = recorded.runs
    const { faithful } = replay({
      ...input,
      rotations: { told: [], times: [Number(first?.time)] },
      runs: recorded.runs,
    })
    expect(faithful.alike).toBe(2)
    const late = { told: [{ time: Number(recorded.runs[1]?.time), in: [], out: [] }], times: [] }
    expect(replay({ ...input, rotations: late }).faithful.first?.why).toContain(
      'the live set would have changed in a different cycle',
    )
  })
})
