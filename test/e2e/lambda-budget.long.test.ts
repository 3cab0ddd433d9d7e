import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../functions/core/report/report.ts'
import type { Cloud } from '../helpers/cloud.ts'
import type { TableRequest } from '../helpers/dynamodb-standin.ts'
import type { RunningFunction } from '../helpers/lambda-runtime.ts'
import { startSite } from '../helpers/site.ts'
import type { Workplace } from '../helpers/workplace.ts'

const addressesOf = (count: number) => Array.from({ length: count }, (_, n) => `127.1.${n >> 8}.${n & 255}`)
const thousand = addressesOf(1000)

let cloud: Cloud
let close: () => Promise<void>

beforeAll(async () => {
  const prepare = (place: Workplace) => {
    place.write('config/edges/large', `${thousand.join('\n')}\n`)
    place.write('config/zones/large/large.example.zone', '')
    place.settings({ timeout: 10 })
  }
  ;({ cloud, close } = await startSite(thousand, prepare, thousand.slice(0, 100)))
})

afterAll(() => close())

interface Cost {
  readonly requests: number
  readonly writeUnits: number
  readonly readUnits: number
  readonly objects: number
}

const isRead = ({ action }: TableRequest) => /GetItem|Query/.test(action)

/** What one more cycle costs. An empty Query is charged as one unit, whatever the embedded table says. */
async function costOfCycle(manage: RunningFunction): Promise<Cost> {
  const [tableBefore, bucketBefore] = [cloud.table.journal.length, cloud.bucket.journal.length]
  const { answer, error } = await manage.invoke({ force: true })
  expect(error).toBeNull()
  expect(answer as Report).toMatchObject({ status: 'ok', rotated: false })
  const asked = cloud.table.journal.slice(tableBefore)
  const units = (requests: TableRequest[]) => requests.reduce((sum, request) => sum + request.units, 0)
  const reads = asked.filter(isRead)
  return {
    requests: asked.length,
    writeUnits: units(asked.filter(request => !isRead(request))),
    readUnits: units(reads) + reads.filter(({ action, units }) => action.endsWith('Query') && units === 0).length,
    objects: cloud.bucket.journal.length - bucketBefore,
  }
}

/** The cheaper of two quiet cycles: the first of an hour also keeps the hour's averages. */
async function quietCost(functionName: string): Promise<Cost> {
  const manage = await cloud.start(functionName)
  expect((await manage.invoke({ force: true })).error).toBeNull()
  const [first, second] = [await costOfCycle(manage), await costOfCycle(manage)]
  return first.writeUnits < second.writeUnits ? first : second
}

describe('a quiet cycle, warm', () => {
  test('of 100 edges: at most 5 requests, 4 write units, 3 read units, no object', async () => {
    const cost = await quietCost('edgemanage-net-manage')
    expect(cost.requests).toBeLessThanOrEqual(5)
    expect(cost.writeUnits).toBeLessThanOrEqual(4)
    expect(cost.readUnits).toBeLessThanOrEqual(3)
    expect(cost.objects).toBe(0)
  })

  test('of 1,000 edges: at most 8 write units, no object', async () => {
    const cost = await quietCost('edgemanage-large-manage')
    expect(cost.writeUnits).toBeLessThanOrEqual(8)
    expect(cost.objects).toBe(0)
  })
})
