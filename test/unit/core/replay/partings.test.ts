import { describe, expect, test } from 'vitest'
import { createPartings } from '../../../../functions/core/replay/partings.ts'
import type { Move } from '../../../../functions/core/replay/policy.ts'
import { replay } from '../../../../functions/core/replay/replay.ts'
import { network, now } from '../../../helpers/core.ts'
import { recordedOf, replayInput, type Script } from '../../../helpers/recorded.ts'

const partingsOf = (script: Script, change: string, edges = 'abc') => {
  const net = network(edges)
  const [found] = replay(replayInput(net, recordedOf(net, script), change)).alternatives
  return found
}

describe('where live sets part', () => {
  test('each difference is told once, with its reasons and for how long it lasts', () => {
    const found = partingsOf({ probes: { a: '..x....', b: '.......', c: '.......' } }, 'down_after=2')
    expect(found).toMatchObject({ differing: 5, partingCount: 1 })
    expect(found?.partings).toEqual([
      {
        time: now - 4 * 60_000,
        cycles: 5,
        in: [{ edge: 'a', reason: 'refused in 0.02 s, failure 1 of the 2 it takes to fail; stays live' }],
        out: [{ edge: 'c', reason: '0.1 s, under goodenough (0.5 s); not needed: all 2 places are taken' }],
      },
    ])
  })

  test('a difference that turns into another is told anew', () => {
    const probes = { a: '..x...xx', b: '....x...', c: '........', d: '........' }
    const found = partingsOf({ probes }, 'edge_count=1', 'abcd')
    const told = found?.partings.map(one => [one.cycles, one.in.length, one.out.map(({ edge }) => edge).join('')])
    expect(told).toEqual([
      [2, 0, 'b'],
      [2, 0, 'c'],
      [4, 0, 'd'],
    ])
    expect(found).toMatchObject({ partingCount: 3, differing: 8 })
  })

  test('an edge that has left the list is told of as such', () => {
    const net = network('ab', { edge_count: 1 })
    const recorded = recordedOf(net, { probes: { a: '..', b: '..' }, gone: { a: 1 } })
    const input = replayInput(net, { ...recorded, rotations: recorded.rotations.slice(0, 1) }, 'down_after=2')
    const [found] = replay(input).alternatives
    expect(found?.differing).toBe(0)
    const partings = createPartings()
    const move = { after: [], judged: { participants: { edges: [] }, liveSet: {} } } as unknown as Move
    partings.compare(now, move, ['gone'], net.settings)
    expect(partings.told[0]?.out).toEqual([{ edge: 'gone', reason: 'no longer in the edge list' }])
  })

  test('only the first twenty are told in words', () => {
    const probes = { a: '.x'.repeat(30), b: '.'.repeat(60), c: 'x.'.repeat(30) }
    const found = partingsOf({ probes }, 'edge_count=1')
    expect(found?.partings).toHaveLength(Math.min(20, Number(found?.partingCount)))
    expect(found?.partingCount).toBeGreaterThan(20)
  })
})
