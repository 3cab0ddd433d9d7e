import { expect, test } from 'vitest'
import { decide } from '../../../../functions/core/decision/decide.ts'
import { judgeAndSelect } from '../../../../functions/core/decision/judge-and-select.ts'
import { inputOf, network, stateBefore } from '../../../helpers/core.ts'

test('gives what a cycle decides', () => {
  const input = inputOf({ network: network('abc'), before: stateBefore({ live: ['a', 'b'] }), edges: { a: 'refused' } })
  const { participants, liveSet } = judgeAndSelect(input.network, input.before, input.probing, input.now)
  const decision = decide(input)
  expect(decision.participants.edges).toMatchObject(participants.edges)
  expect(decision.participants.canaries).toEqual(participants.canaries)
  expect(liveSet).toEqual(decision.liveSet)
  expect(liveSet.live).toEqual(['b', 'c'])
})
