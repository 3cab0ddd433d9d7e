import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { configurationFolder } from '../helpers/configuration.ts'
import { startDynamoDB } from '../helpers/dynamodb-standin.ts'
import { startS3 } from '../helpers/s3-standin.ts'
import { createRandom } from '../simulation/world/random.ts'
import { holdings, startWorking, type Told } from './process.ts'
import { type Mischief, startProxy } from './proxy.ts'
import { type Turns, turnsOf } from './turns.ts'

const object = 'the test object\n'
const edgeCount = 8
const everyMs = 1000
const credentials = { accessKeyId: 'soak', secretAccessKey: 'none' }
const atEdges: Mischief = { reset: 0.05, late: 0.05, lateMs: 700, cut: 0.05, nonsense: 0.05 }
const atNeighbours: Mischief = { reset: 0.05, late: 0.05, lateMs: 60, cut: 0.05, nonsense: 0.02 }

/** What one soak measured. */
export interface Soaked {
  readonly cycles: number
  readonly statuses: Readonly<Record<string, number>>
  readonly rotations: number
  readonly turns: Turns
  readonly faults: number
  /** Medians early and late: megabytes, and open files. */
  readonly megabytes: readonly [number, number]
  readonly files: readonly [number, number]
  /** Null where it had to be killed. */
  readonly exitStatus: number | null
  readonly errors: string
}

/** Lets the real command do a cycle a second for so long, with proxies before everything it talks to. */
export async function soak(seconds: number, tell: (line: string) => void): Promise<Soaked> {
  const place = await startPlace()
  const command = fileURLToPath(new URL('../../dist/edgemanage.js', import.meta.url))
  const flags = ['manage', '-A', 'net', '-c', place.config, '--every', '1', '--force', '--json']
  const working = startWorking([command, ...flags], { ...process.env, ...place.env })
  const seen: { megabytes: number; files: number }[] = []
  const endsAt = Date.now() + seconds * 1000
  let toldAt = Date.now()
  while (Date.now() < endsAt && working.child.exitCode === null) {
    await new Promise(resolve => setTimeout(resolve, 1000))
    const held = holdings(Number(working.child.pid))
    if (held !== null) seen.push(held)
    if (Date.now() - toldAt < 60_000) continue
    toldAt = Date.now()
    tell(`${working.reports.length} cycles, ${held?.megabytes.toFixed(0)} MB, ${held?.files} files`)
  }
  const exitStatus = await working.stop()
  const faults = place.faults()
  await place.close()
  const { reports } = working
  return { ...measured(reports, seen), faults, exitStatus, errors: working.errors() }
}

function measured(told: readonly Told[], seen: readonly { megabytes: number; files: number }[]) {
  const reports = told.map(({ report }) => report)
  const statuses: Record<string, number> = {}
  for (const { status } of reports) statuses[status] = (statuses[status] ?? 0) + 1
  // The first part is warming up: code is compiled, connections are made.
  const early = seen.slice(Math.floor(seen.length * 0.2), Math.floor(seen.length * 0.4))
  const late = seen.slice(Math.floor(seen.length * 0.8))
  return {
    ...{ cycles: reports.length, statuses, rotations: reports.filter(report => report.rotated).length },
    turns: turnsOf(told, everyMs),
    megabytes: [median(early.map(one => one.megabytes)), median(late.map(one => one.megabytes))] as const,
    files: [median(early.map(one => one.files)), median(late.map(one => one.files))] as const,
  }
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0
}

/** Edges, a table and a bucket on loopback, a proxy before each, and a configuration that knows them. */
async function startPlace() {
  const random = createRandom(1, 'soak')
  const origin = createServer((_request, response) => response.end(object))
  await new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve))
  const originPort = (origin.address() as AddressInfo).port
  const [table, bucket] = await Promise.all([startDynamoDB(), startS3()])
  await makeTable(table.url)
  const first = await startProxy(originPort, atEdges, random, { host: '127.0.3.1', port: 0 })
  const hosts = Array.from({ length: edgeCount }, (_, at) => `127.0.3.${at + 1}`)
  const others = hosts.slice(1).map(host => startProxy(originPort, atEdges, random, { host, port: first.port }))
  const proxies = [first, ...(await Promise.all(others))]
  const doors = await Promise.all(
    [table.url, bucket.url].map(url => startProxy(Number(new URL(url).port), atNeighbours, random)),
  )
  const [tableDoor, bucketDoor] = doors.map(({ port }) => `http://127.0.0.1:${port}`)
  const folder = configurationFolder(['net'], {
    testobject: { host: 'site.example', uri: '/o', local: 'objects/object', proto: 'http', port: first.port },
    ...{ timeout: 0.5, goodenough: 0.3, edge_count: 3, dnschange_maxfreq: 0 },
  })
  folder.write('edges/net', hosts.map(host => `${host}\n`).join(''))
  folder.write('objects/object', object)
  const env = {
    ...{ TABLE_NAME: 'edgemanage', BUCKET_NAME: 'edgemanage', AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: String(tableDoor), AWS_ENDPOINT_URL_S3: String(bucketDoor) },
  }
  const close = async () => {
    await Promise.all([...proxies, ...doors, table, bucket].map(one => one.close()))
    await new Promise(resolve => origin.close(resolve))
    folder.remove()
  }
  const faults = () => [...proxies, ...doors].reduce((sum, proxy) => sum + proxy.faults(), 0)
  return { config: folder.path, env, close, faults }
}

async function makeTable(endpoint: string): Promise<void> {
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials })
  const keys = [
    ['pk', 'HASH'],
    ['sk', 'RANGE'],
  ] as const
  await client.send(
    new CreateTableCommand({
      TableName: 'edgemanage',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' as const })),
      KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  )
  client.destroy()
}
