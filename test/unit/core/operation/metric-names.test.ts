import { expect, test } from 'vitest'
import { metricNamespace, metricSignals } from '../../../../functions/core/operation/metric-names.ts'

test('metrics have names that CloudWatch takes, each once', () => {
  expect(metricNamespace).toBe('edgemanage')
  expect(new Set(metricSignals).size).toBe(metricSignals.length)
  expect(metricSignals.filter(name => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
})
