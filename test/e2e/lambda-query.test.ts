import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeOrder } from '../../functions/adapters/table/order-items.ts'
import type { Report } from '../../functions/core/report/report.ts'
import type { Cloud } from '../helpers/cloud.ts'
import type { RunningFunction } from '../helpers/lambda-runtime.ts'
import { startSite } from '../helpers/site.ts'

// The bundled asset of `query`, with the rights of its synthesized role, beside one cycle of `manage`.

const addresses = ['127.0.0.41', '127.0.0.42', '127.0.0.43']
const name = 'edgemanage-net-query'
const since = Date.now() - 60_000
let cloud: Cloud
let close: () => Promise<void>
let query: RunningFunction
let report: Report

beforeAll(async () => {
  const site = await startSite(addresses)
  site.edges.behave('127.0.0.43', { status: 503 })
  ;({ cloud, close } = site)
  const manage = await cloud.start('edgemanage-net-manage')
  report = (await manage.invoke({})).answer as Report
  await order()
  query = await cloud.start(name)
})

afterAll(() => close())

async function order(): Promise<void> {
  const credentials = { accessKeyId: 'edgemanage-net-manage', secretAccessKey: 'none' }
  const client = new DynamoDBClient({ endpoint: cloud.table.url, region: 'us-east-1', credentials })
  const item = encodeOrder({ mode: 'force', comment: 'try it', by: 'root', since, expires: null })
  const Item = { pk: { S: 'NETWORK#net' }, sk: { S: 'ORDER#127.0.0.42' }, ...item }
  await client.send(new PutItemCommand({ TableName: 'edgemanage-test', Item }))
  client.destroy()
}

describe('query in Lambda', () => {
  test('tells the edges as the report did, with what is ordered', async () => {
    const { answer } = await query.invoke({})
    const none = { since: null, comment: null, by: null, expires: null }
    const [first, second, third] = report.edges.map(({ reason: _, ...row }) => ({ ...row, reason: expect.any(String) }))
    expect(answer).toEqual({
      network: 'net',
      edges: [
        { ...first, ...none },
        {
          ...second,
          mode: 'force',
          since: new Date(since).toISOString(),
          comment: 'try it',
          by: 'root',
          expires: null,
        },
        { ...third, ...none },
      ],
    })
  })

  test.each([
    [{ health: 'fail' }, ['127.0.0.43']],
    [{ health: 'allpass', mode: 'available' }, ['127.0.0.41']],
    [{ state: 'out' }, ['127.0.0.43']],
    [{ mode: 'unavailable' }, []],
  ])('%j', async (event, expected) => {
    const { edges: found } = (await query.invoke(event)).answer as { edges: { edge: string }[] }
    expect(found.map(({ edge }) => edge)).toEqual(expected)
  })

  test('tells the samples of one edge', async () => {
    const { answer } = await query.invoke({ edge: '127.0.0.43', hours: 2 })
    expect(answer).toEqual({
      edge: '127.0.0.43',
      samples: [
        {
          ...{ time: report.startedAt, fetchSeconds: 2, outcome: 'bad_status', judgement: 'fail', live: false },
          ...{ detail: expect.stringMatching(/^status \d+$/), tookSeconds: expect.any(Number) },
        },
      ],
      hours: [{ time: expect.stringMatching(/:00:00\.000Z$/), average: 2 }],
    })
  })

  test('tells what other settings would have done', async () => {
    const { answer } = await query.invoke({ replay: { set: { edge_count: 1 }, hours: 2 } })
    expect(answer).toMatchObject({
      network: 'net',
      cycles: 1,
      from: report.startedAt,
      faithful: { exact: true, alike: 1 },
      was: { rotations: 1 },
      alternatives: [{ settings: { edge_count: 1 }, rotations: 1, differing: 1 }],
    })
    const { error } = await query.invoke({ replay: { set: { timeout: 3 } } })
    expect(error).toMatchObject({ errorType: 'InvalidInput', errorMessage: expect.stringContaining('goodenough') })
  })

  test('refuses what it does not know', async () => {
    const [wrong, unknown] = [await query.invoke({ health: 'good' }), await query.invoke({ edge: '127.0.0.44' })]
    expect(wrong.error).toMatchObject({ errorType: 'InvalidInput', errorMessage: expect.stringContaining('health') })
    expect(unknown.error).toMatchObject({
      errorType: 'InvalidInput',
      errorMessage: expect.stringContaining('did you mean 127.0.0.41'),
    })
  })

  test('reads no zone, no object, and writes nothing', () => {
    const asked = cloud.table.journal.filter(({ caller }) => caller === name)
    expect([...new Set(asked.map(({ action }) => action))].sort()).toEqual(['dynamodb:GetItem', 'dynamodb:Query'])
    expect(cloud.bucket.journal.filter(({ caller }) => caller === name)).toEqual([])
    expect(cloud.refused()).toEqual([])
  })
})
