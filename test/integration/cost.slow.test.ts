import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dynamoDBRows } from '../../functions/adapters/table/dynamodb-rows.ts'
import { createTable } from '../../functions/adapters/table/table.ts'
import { oneRotation } from '../../functions/core/operation/paid-besides.ts'
import { healthyMonth, monthHours } from '../../functions/core/operation/paid-units.ts'
import { coldReadUnits, tableUnitsOf, workloadOf } from '../../functions/core/operation/workload.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { runCycle } from '../../functions/cycle/cycle.ts'
import type { Table } from '../../functions/cycle/ports/ports.ts'
import { startDynamoDB, type TableRequest, type TableStandin } from '../helpers/dynamodb-standin.ts'
import { networkOf, probeOf, World, zoneOf } from '../helpers/world.ts'
import { namedConfTemplate, zoneTemplate } from '../helpers/zones.ts'

const tableName = 'edgemanage-cost'
const edges = Array.from({ length: 100 }, (_, n) => `192.0.2.${n + 1}`)
const zones = Array.from({ length: 10 }, (_, n) => zoneOf(`zone${n}.example`))
const network = networkOf(edges, { zones })
const workload = workloadOf(network, { memoryMegabytes: 256, alarms: 9 })
/** This many cycles stand for a day. */
const sampleCycles = 60
const cyclesPerDay = 1440

let door: TableStandin
let client: DynamoDBClient
let world: World
let puts = 0

beforeAll(async () => {
  door = await startDynamoDB()
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  client = new DynamoDBClient({ endpoint: door.url, region: 'us-east-1', credentials })
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  )
  world = new World()
  world.before = step => {
    if (step.startsWith('put ')) puts++
  }
})

afterAll(async () => {
  client.destroy()
  await door.close()
})

const openTable = (): Table => createTable(dynamoDBRows(client, tableName), () => world.now)

async function cycle(table: Table): Promise<Report> {
  const templates = { zone: zoneTemplate, namedConf: namedConfTemplate }
  const options = {
    dryRun: false,
    force: false,
    forceUpdate: false,
    verbose: false,
    maxSeconds: 55,
    templates,
    problems: [],
  }
  const report = await runCycle(network, options, { ...world.ports, table })
  expect(report).toMatchObject({ status: 'ok', warnings: [] })
  world.now += 60_000
  return report
}

/** What some work costs in units of the table and objects written. An empty query is charged as one unit. */
async function unitsOf(work: () => Promise<unknown>): Promise<{ write: number; read: number; puts: number }> {
  const [requestsBefore, putsBefore] = [door.journal.length, puts]
  await work()
  const asked = door.journal.slice(requestsBefore)
  const isRead = ({ action }: TableRequest) => /GetItem|Query/.test(action)
  const sum = (requests: readonly TableRequest[], least: number) =>
    requests.reduce((total, { units }) => total + Math.max(units, least), 0)
  return {
    write: sum(
      asked.filter(one => !isRead(one)),
      0,
    ),
    read: sum(asked.filter(isRead), 1),
    puts: puts - putsBefore,
  }
}

/** Within this many hundredths of what was counted. */
function expectClose(projected: number, counted: number, percent: number): void {
  expect(Math.abs(projected - counted) / counted).toBeLessThanOrEqual(percent / 100)
}

describe('the projected units are those that real cycles of the real table cost', () => {
  test('in a day of quiet cycles, warm; then cold; then with a rotation', async () => {
    const table = openTable()
    await cycle(table)
    const quiet = await unitsOf(async () => {
      for (let n = 0; n < sampleCycles; n++) await cycle(table)
    })
    const perDay = (counted: number) => (counted * cyclesPerDay) / sampleCycles
    const projected = healthyMonth(workload)
    expectClose((projected.tableWriteUnits * 24) / monthHours, perDay(quiet.write), 2)
    expectClose(tableUnitsOf(workload).read * cyclesPerDay, perDay(quiet.read), 2)
    expect(quiet.puts).toBe(projected.bucketPuts)

    const cold = await unitsOf(() => cycle(openTable()))
    const extra = cold.read - tableUnitsOf(workload).read
    expectClose(coldReadUnits({ ...workload, samples: sampleCycles + 1 }), extra, 25)

    const warm = openTable()
    await cycle(warm)
    const [live = ''] = (await cycle(warm)).live
    world.probes.set(live, probeOf('timeout', 10, live))
    const rotation = await unitsOf(async () => expect(await cycle(warm)).toMatchObject({ rotated: true }))
    const model = oneRotation(workload, zones.length)
    expect(rotation.puts).toBe(model.bucketPuts)
    expectClose(model.tableWriteUnits + tableUnitsOf(workload).write, rotation.write, 20)
  }, 60_000)
})
