import { describe, expect, test } from 'vitest'
import { changesOf, whyPlaced, without } from '../../../../functions/core/decision/changes.ts'
import { decidedEdges } from '../../../../functions/core/decision/decided-edges.ts'
import { participantsOf } from '../../../../functions/core/judgement/participants.ts'
import { liveSetOf } from '../../../../functions/core/live-set/live-set.ts'
import { inputOf, network, now, runAgo, type Scenario, stateBefore, told } from '../../../helpers/core.ts'

function changesIn(scenario: Scenario) {
  const { network: net, before, probing } = inputOf(scenario)
  const participants = participantsOf(net, before, probing, now)
  const liveSet = liveSetOf(participants, before, net.settings, now)
  const decided = decidedEdges(participants, liveSet, net.settings, probing.blind)
  return { named: decided.named, ...changesOf(decided, liveSet) }
}

const refused = told('refused', '192.0.2.2', { detail: 'refused 3 times', tookSeconds: 0.02 })

describe('who comes and who goes', () => {
  test('with the reason for each, and who took the place', () => {
    const state = stateBefore({ live: ['a', 'b'], runs: [runAgo(60, { a: 0.1, b: 0.2, c: 0.14 })] })
    const found = changesIn({ network: network('abc'), before: state, edges: { b: refused } })
    expect(found.out).toEqual([
      {
        edge: 'b',
        reason: 'refused 3 times in 0.02 s; out while it fails; replaced by c, 0.12 s on average',
      },
    ])
    expect(found.in).toEqual([
      { edge: 'c', reason: '0.1 s, under goodenough (0.5 s); takes a free place; replaces b, 5.1 s on average' },
    ])
  })

  test('the first ones replace nobody', () => {
    const found = changesIn({ network: network('ab') })
    expect(found.in.map(change => change.edge)).toEqual(['a', 'b'])
    expect(found.in[0]?.reason).toBe('0.1 s, under goodenough (0.5 s); takes a free place')
    expect(found.out).toEqual([])
  })

  test('one that left the edge list goes for that reason', () => {
    const found = changesIn({ network: network('ab'), before: stateBefore({ live: ['a', 'x'] }) })
    expect(whyPlaced('x', found.named)).toBe('no longer in the edge list')
    expect(found.out).toEqual([{ edge: 'x', reason: 'no longer in the edge list; replaced by b, 0.1 s on average' }])
    expect(found.in).toMatchObject([{ edge: 'b', reason: expect.stringMatching(/replaces x$/) }])
  })
})

test('names in one list and not in the other', () => {
  expect(without(['c', 'a', 'b'], ['b', 'd'])).toEqual(['a', 'c'])
})
