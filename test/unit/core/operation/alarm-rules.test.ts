import { expect, test } from 'vitest'
import { alarmRules } from '../../../../functions/core/operation/alarm-rules.ts'
import { networkOf, settingsOf } from '../../../helpers/world.ts'

const rules = (brake: number) => alarmRules(networkOf(['a.example', 'b.example'], { settings: settingsOf({ brake }) }))

test('a brake that holds goes off at once; where there is no brake, there is no alarm to pay for', () => {
  const braked = rules(0.5).find(({ name }) => name === 'braked')
  expect(braked).toMatchObject({
    metric: 'Braked',
    statistic: 'Maximum',
    when: '>=',
    threshold: 1,
    breaching: 1,
    of: 1,
  })
  expect(braked?.description).toContain('`brake_cycles`')
  expect(rules(0).map(({ name }) => name)).toEqual(rules(0.5).flatMap(({ name }) => (name === 'braked' ? [] : [name])))
})
