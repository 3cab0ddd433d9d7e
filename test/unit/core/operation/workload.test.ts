import { expect, test } from 'vitest'
import { coldReadUnits, cycleSeconds, tableUnitsOf, workloadOf } from '../../../../functions/core/operation/workload.ts'
import { hundred } from '../../../helpers/workload.ts'
import { networkOf, settingsOf, zoneOf } from '../../../helpers/world.ts'

test('a workload is made of the configuration and what the stack chose for it', () => {
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
    dnsQueries: 0,
    runFrequencySeconds: 120,
    timeoutSeconds: 10,
    samples: 2000,
    verifyEvery: 60,
  })
})

test('more than one processor helps no cycle; a handshake more costs time', () => {
  expect(cycleSeconds({ ...hundred, memoryMegabytes: 4000 })).toBeCloseTo(
    cycleSeconds({ ...hundred, memoryMegabytes: 1769 }),
    9,
  )
  expect(cycleSeconds({ ...hundred, proto: 'http' })).toBeLessThan(cycleSeconds(hundred))
})

test('a quiet cycle of 100 edges writes 3 units and reads 2; of 1,000 it writes 7 (design, "Budgets")', () => {
  expect(tableUnitsOf(hundred)).toEqual({ write: 3, read: 2, hourly: 1 })
  expect(tableUnitsOf({ ...hundred, edges: 1000 }).write).toBe(7)
})

test('a cold start reads all kept cycles, at most 1.1 MB of them', () => {
  const units = coldReadUnits(hundred)
  expect(units * 4096).toBeGreaterThan(2000 * 500)
  expect(units * 4096).toBeLessThan(1_100_000)
})

test("Route 53's name servers are asked for each name of the zones whose turn it is", () => {
  const base = settingsOf()
  const queries = (edges: string[], zones: string[], labels: string[], sample = 20) => {
    const settings = settingsOf({
      dns: { ...base.dns, rotate_zones: labels },
      route53: { ...base.route53, enabled: true },
      served: { ...base.served, sample, route53: true },
    })
    const network = networkOf(edges, { settings, zones: zones.map(zone => zoneOf(zone)) })
    return workloadOf(network, { memoryMegabytes: 256, alarms: 9 }).dnsQueries
  }
  expect(queries(['192.0.2.1'], ['a.example'], ['www'])).toBe(2 * 4)
  expect(queries(['192.0.2.1', '2001:db8::1'], ['a.example'], [])).toBe(2 * 4)
  expect(queries(['edge.example'], ['a.example'], [])).toBe(2 * 4)
  expect(queries(['192.0.2.1'], ['a.example', 'b.example', 'c.example'], [], 2)).toBe(2 * 4)
  const many = Array.from({ length: 30 }, (_, at) => `l${at}`)
  expect(queries(['192.0.2.1'], ['a.example'], many)).toBe(10 * 4)
})
