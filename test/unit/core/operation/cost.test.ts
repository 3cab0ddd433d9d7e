import { describe, expect, test } from 'vitest'
import { costLines, projectCost, totalOf } from '../../../../functions/core/operation/cost.ts'
import { hangingEdge, oneRotation } from '../../../../functions/core/operation/paid-besides.ts'
import { hundred } from '../../../helpers/workload.ts'

const cents = (dollars: number) => Math.round(dollars * 100)

describe('what a network costs', () => {
  test('is metrics and alarms for the most part', () => {
    const lines = new Map(projectCost(hundred).lines.map(({ item, dollars }) => [item, cents(dollars)]))
    expect(lines.get('alarms')).toBe(90)
    expect(lines.get('metrics')).toBe(60)
    expect(lines.get('bucket')).toBe(0)
    expect(lines.get('scheduler')).toBe(4)
  })

  test('an edge that hangs keeps the function waiting, and no longer than a cycle takes anyway', () => {
    expect(cents(totalOf(costLines(hangingEdge(hundred))))).toBeLessThanOrEqual(160)
    expect(totalOf(costLines(hangingEdge({ ...hundred, timeoutSeconds: 1, edges: 1000 })))).toBe(0)
  })

  test('a rotation writes every zone once, and its record twice', () => {
    expect(oneRotation(hundred, 0)).toMatchObject({ bucketPuts: 1, tableWriteUnits: 6 })
    expect(oneRotation(hundred, 1)).toMatchObject({ bucketPuts: 3, tableWriteUnits: 8 })
    expect(oneRotation(hundred, 10_000).bucketPuts).toBe(10_002)
    const { rotation, rotationOf10000Zones } = projectCost(hundred)
    expect(rotation).toBeLessThan(0.001)
    expect(rotationOf10000Zones).toBeCloseTo(0.05, 2)
  })

  test('viewers read what is new, and name servers one object a look', () => {
    const { viewer, fastViewer, follower } = projectCost(hundred)
    expect(cents(viewer)).toBeLessThanOrEqual(25)
    expect(cents(fastViewer)).toBeLessThanOrEqual(75)
    expect(fastViewer).toBeGreaterThan(viewer)
    expect(follower).toBeCloseTo(87_600 * 0.4e-6, 9)
  })

  test('the same edges cost more where Route 53 checks them', () => {
    expect(projectCost({ ...hundred, canaries: 2 }).healthChecks).toBeCloseTo(102 * 4.75, 6)
  })
})
