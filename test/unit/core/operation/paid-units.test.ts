import { describe, expect, test } from 'vitest'
import {
  cycleSeconds,
  disputedMonth,
  healthyMonth,
  oneQuestion,
  type Workload,
  workloadOf,
} from '../../../../functions/core/operation/paid-units.ts'
import { networkOf, settingsOf, zoneOf } from '../../../helpers/world.ts'

const hundred: Workload = {
  edges: 100,
  canaries: 0,
  zones: 10,
  liveEdges: 4,
  proto: 'https',
  memoryMegabytes: 256,
  alarms: 9,
  perEdgeMetrics: false,
  runFrequencySeconds: 60,
  timeoutSeconds: 10,
  samples: 2000,
  verifyEvery: 60,
}

describe('the units of a month', () => {
  test('are made of the configuration and what the stack chose for it', () => {
    const canaries = ['example.org', 'example.net'].map(zone => ({ zone, address: '192.0.2.9' }))
    const network = networkOf(['a', 'b', 'c'], {
      canaries,
      zones: [zoneOf('example.org'), zoneOf('example.net')],
      settings: settingsOf({ edge_count: 5, run_frequency: 120, metrics: { per_edge: true } }),
    })
    expect(workloadOf(network, { memoryMegabytes: 512, alarms: 9 })).toEqual({
      edges: 3,
      canaries: 1,
      zones: 2,
      liveEdges: 3,
      proto: 'http',
      memoryMegabytes: 512,
      alarms: 9,
      perEdgeMetrics: true,
      vantages: 0,
      runFrequencySeconds: 120,
      timeoutSeconds: 10,
      samples: 2000,
      verifyEvery: 60,
    })
  })

  test('follow the number of cycles, of edges and of metrics', () => {
    const seldom = healthyMonth({ ...hundred, runFrequencySeconds: 7200 })
    expect(seldom.lambdaRequests).toBe(365)
    expect(seldom.tableWriteUnits).toBe(365 * 3 + 365)
    expect(healthyMonth({ ...hundred, perEdgeMetrics: true }).customMetrics).toBe(202)
    expect(cycleSeconds({ ...hundred, memoryMegabytes: 4000 })).toBeCloseTo(
      cycleSeconds({ ...hundred, memoryMegabytes: 1769 }),
      9,
    )
    expect(healthyMonth(hundred).bucketLists).toBe(730)
    expect(healthyMonth({ ...hundred, zones: 2500 }).bucketLists).toBe(3 * 730)
    expect(healthyMonth({ ...hundred, verifyEvery: 0 }).bucketLists).toBe(0)
    expect(cycleSeconds({ ...hundred, proto: 'http' })).toBeLessThan(cycleSeconds(hundred))
  })
})

test('vantage points cost nothing while nothing falls, and nothing where there are none (behaviour §10.2)', () => {
  const two = { ...hundred, vantages: 2 }
  expect(healthyMonth(two)).toEqual(healthyMonth(hundred))
  expect(oneQuestion(two)).toMatchObject({
    lambdaRequests: 2,
    lambdaGigabyteSeconds: (hundred.timeoutSeconds * (2 * 512 + hundred.memoryMegabytes)) / 1024,
  })
  expect(disputedMonth(two)).toMatchObject({ lambdaRequests: 2 * 8760, customMetrics: 1 })
  for (const none of [hundred, { ...hundred, vantages: 0 }]) {
    expect(oneQuestion(none)).toMatchObject({ lambdaRequests: 0, lambdaGigabyteSeconds: 0 })
    expect(disputedMonth(none)).toMatchObject({ lambdaRequests: 0, customMetrics: 0 })
  }
})
