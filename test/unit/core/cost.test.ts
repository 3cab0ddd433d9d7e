import { describe, expect, test } from 'vitest'
import {
  costLines,
  cycleSeconds,
  hangingEdge,
  healthyMonth,
  oneRotation,
  projectCost,
  totalOf,
  type Workload,
  workloadOf,
} from '../../../functions/core/cost.ts'
import { networkOf, settingsOf, zoneOf } from '../../fixtures/world.ts'

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
}

const cents = (dollars: number) => Math.round(dollars * 100)

describe('what a network costs', () => {
  test('is made of its configuration and what the stack chose for it', () => {
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
      runFrequencySeconds: 120,
      timeoutSeconds: 10,
      samples: 2000,
    })
  })

  test('is metrics and alarms for the most part', () => {
    const lines = new Map(projectCost(hundred).lines.map(({ item, dollars }) => [item, cents(dollars)]))
    expect(lines.get('alarms')).toBe(90)
    expect(lines.get('metrics')).toBe(60)
    expect(lines.get('bucket')).toBe(0)
    expect(lines.get('scheduler')).toBe(4)
  })

  test('follows the number of cycles, of edges and of metrics', () => {
    const seldom = healthyMonth({ ...hundred, runFrequencySeconds: 7200 })
    expect(seldom.lambdaRequests).toBe(365)
    expect(seldom.tableWriteUnits).toBe(365 * 3 + 365)
    expect(healthyMonth({ ...hundred, perEdgeMetrics: true }).customMetrics).toBe(102)
    expect(cycleSeconds({ ...hundred, memoryMegabytes: 4000 })).toBeCloseTo(
      cycleSeconds({ ...hundred, memoryMegabytes: 1769 }),
      9,
    )
    expect(cycleSeconds({ ...hundred, proto: 'http' })).toBeLessThan(cycleSeconds(hundred))
  })

  test('an edge that hangs keeps the function waiting, and no longer than a cycle takes anyway', () => {
    expect(cents(totalOf(costLines(hangingEdge(hundred))))).toBeLessThanOrEqual(160)
    expect(totalOf(costLines(hangingEdge({ ...hundred, timeoutSeconds: 1, edges: 1000 })))).toBe(0)
  })

  test('a rotation writes every zone once, and its record twice', () => {
    expect(oneRotation(hundred, 0)).toMatchObject({ bucketPuts: 1, tableWriteUnits: 6 })
    expect(oneRotation(hundred, 1)).toMatchObject({ bucketPuts: 2, tableWriteUnits: 8 })
    expect(oneRotation(hundred, 10_000).bucketPuts).toBe(10_001)
    const { rotation, rotationOf10000Zones } = projectCost(hundred)
    expect(rotation).toBeLessThan(0.001)
    expect(rotationOf10000Zones).toBeCloseTo(0.05, 2)
  })

  test('the same edges cost more where Route 53 checks them', () => {
    expect(projectCost({ ...hundred, canaries: 2 }).healthChecks).toBeCloseTo(102 * 4.75, 6)
  })
})
