import { describe, expect, test } from 'vitest'
import { alarmRules } from '../../../../functions/core/operation/alarm-rules.ts'
import { alarmTexts } from '../../../../functions/core/operation/alarm-texts.ts'
import { network } from '../../../helpers/core.ts'

describe('the alarms of a network', () => {
  test('are one for each text, which links to the troubleshooting page and fits into an alarm', () => {
    const rules = alarmRules(network('abc'))
    expect(rules.map(({ name }) => name).sort()).toEqual(Object.keys(alarmTexts).sort())
    for (const { name, description } of rules) {
      expect(description).toContain(`TROUBLESHOOTING.md#alarm-${name}`)
      expect(description.length).toBeLessThanOrEqual(1024)
    }
  })

  test('wait for three cycles where those come less often than every five minutes', () => {
    const find = (run_frequency: number) =>
      alarmRules(network('abc', { run_frequency })).find(({ name }) => name === 'no-cycle')
    expect(find(60)).toMatchObject({ seconds: 60, breaching: 5, of: 5 })
    expect(find(600)).toMatchObject({ seconds: 600, breaching: 3, of: 3 })
    expect(find(172_800)).toMatchObject({ seconds: 86_400 })
  })

  test('go off when fewer edges are live than the network wants', () => {
    const wanted = alarmRules(network('abc', { edge_count: 2 })).find(({ name }) => name === 'too-few-live')
    expect(wanted).toMatchObject({ when: '<', threshold: 2 })
  })
})
