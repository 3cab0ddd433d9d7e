import { expect, test } from 'vitest'
import { recordPlansOf, zonePlansOf } from '../../../../functions/core/decision/decision.ts'
import { decideOn, network } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

const pushing = network('ab', { route53: { ...settingsOf().route53, enabled: true } })

test('a cycle that publishes has a plan for every zone and its records', () => {
  const decision = decideOn({ network: pushing })
  expect(decision.status).toBe('ok')
  expect(zonePlansOf(decision)).toMatchObject([{ zone: 'example.org', action: 'write' }])
  expect(recordPlansOf(decision)).toMatchObject([{ zone: 'example.org', action: 'push' }])
})

test('one that publishes nothing has none', () => {
  const decision = decideOn({ network: pushing, blind: true })
  expect(decision.status).toBe('blind')
  expect([...zonePlansOf(decision), ...recordPlansOf(decision)]).toEqual([])
})
