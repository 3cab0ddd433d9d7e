import { expect, test } from 'vitest'
import {
  disputedMonth,
  dnsQueries,
  follower,
  hangingEdge,
  oneQuestion,
  oneRotation,
  viewer,
} from '../../../../functions/core/operation/paid-besides.ts'
import { healthyMonth } from '../../../../functions/core/operation/paid-units.ts'
import { cycleSeconds } from '../../../../functions/core/operation/workload.ts'
import { hundred } from '../../../helpers/workload.ts'

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

test('an edge that hangs makes every cycle wait until its timeout', () => {
  const waited = hundred.timeoutSeconds - cycleSeconds(hundred)
  expect(hangingEdge(hundred).lambdaGigabyteSeconds).toBeCloseTo((43_800 * waited * 256) / 1024, 6)
  expect(hangingEdge({ ...hundred, timeoutSeconds: 0.01 }).lambdaGigabyteSeconds).toBe(0)
})

test('a rotation puts every zone, named.conf or the live list, and announces and confirms them', () => {
  expect(oneRotation(hundred, 10)).toMatchObject({ bucketPuts: 12 })
  expect(oneRotation(hundred, 0)).toMatchObject({ bucketPuts: 1, tableWriteUnits: 6 })
})

test('who looks pays for looks; a follower asks for one object a pass', () => {
  expect(viewer(hundred, 60).lambdaRequests).toBe(43_800)
  expect(viewer(hundred, 600).lambdaRequests).toBe(4_380)
  expect(follower(10)).toMatchObject({ bucketGets: 262_800, lambdaRequests: 0 })
})

test("questions to Route 53's name servers are counted for a month", () => {
  expect(dnsQueries({ ...hundred, dnsQueries: 8 })).toBe(43_800 * 8)
  expect(dnsQueries(hundred)).toBe(0)
})
