import { describe, expect, test } from 'vitest'
import { decidedEdges } from '../../../../functions/core/decision/decided-edges.ts'
import { judgeAndSelect } from '../../../../functions/core/decision/judge-and-select.ts'
import {
  freeze,
  inputOf,
  network,
  now,
  order,
  orders,
  type Scenario,
  stateBefore,
  told,
} from '../../../helpers/core.ts'

function decidedIn(scenario: Scenario) {
  const { network: net, before, probing } = inputOf(scenario)
  const { participants, liveSet } = judgeAndSelect(net, before, probing, now)
  return decidedEdges(participants, liveSet, net.settings, probing.blind).named
}

const refused = told('refused', '192.0.2.2', { detail: 'refused 3 times', tookSeconds: 0.02 })

describe('why each edge is where it is', () => {
  test('those held by a freeze say so, on both sides', () => {
    const state = stateBefore({ live: ['a', 'b'], freeze: freeze() })
    const named = decidedIn({ network: network('abc'), before: state, edges: { b: refused } })
    expect([...named.values()].map(({ name, isLive }) => [name, isLive])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ])
    expect(named.get('a')?.reason).toBe('0.1 s, under goodenough (0.5 s); stays live')
    expect(named.get('b')?.reason).toBe(
      'refused 3 times in 0.02 s; out while it fails; stays live, because the network is frozen',
    )
    expect(named.get('c')?.reason).toBe(
      '0.1 s, under goodenough (0.5 s); takes a free place; does not come in, because the network is frozen',
    )
  })

  test('those that stay because nothing can be published say so', () => {
    const state = stateBefore({ live: ['a'], orders: orders(order('a', 'unavailable')) })
    const named = decidedIn({ network: network('a'), before: state })
    expect(named.get('a')?.reason).toBe(
      '0.1 s, under goodenough (0.5 s); ordered unavailable by root: "maintenance"; stays live, because nothing is published in this cycle',
    )
  })

  test('a blind prober judges nobody', () => {
    const named = decidedIn({ network: network('a'), blind: true })
    expect(named.get('a')?.reason).toBe('not judged: no reference answered, so the prober itself may be cut off')
  })
})
