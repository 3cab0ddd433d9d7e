import { describe, expect, test } from 'vitest'
import { healthyMonth } from '../../../../functions/core/operation/paid-units.ts'
import { hundred } from '../../../helpers/workload.ts'

describe('the units of a month', () => {
  test('follow the number of cycles, of edges and of metrics', () => {
    const seldom = healthyMonth({ ...hundred, runFrequencySeconds: 7200 })
    expect(seldom.lambdaRequests).toBe(365)
    expect(seldom.tableWriteUnits).toBe(365 * 3 + 365)
    expect(healthyMonth({ ...hundred, perEdgeMetrics: true }).customMetrics).toBe(202)
    expect(healthyMonth(hundred).bucketLists).toBe(730)
    expect(healthyMonth({ ...hundred, zones: 2500 }).bucketLists).toBe(3 * 730)
    expect(healthyMonth({ ...hundred, verifyEvery: 0 }).bucketLists).toBe(0)
  })
})
