import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandFile, startCommand } from '../helpers/command.ts'
import { startDynamoDB, type TableStandin } from '../helpers/dynamodb-standin.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type S3Standin, startS3 } from '../helpers/s3-standin.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

const addresses = ['127.0.32.1', '127.0.32.2']
let edges: Edges
let place: Workplace

beforeAll(async () => {
  edges = await startEdges(addresses)
  place = workplaceFor(edges, addresses)
})

afterAll(async () => {
  place.remove()
  await edges.close()
})

/** The status of one request to this port; null where there is no answer. */
async function statusOf(port: number): Promise<number | null> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(5000) })
    await answer.text()
    return answer.status
  } catch {
    return null
  }
}

function idleConnection(port: number): Promise<Socket> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => resolve(socket)).on('connect', () => resolve(socket))
  })
}

test.runIf(process.platform === 'linux')(
  'status --serve, whose first page found no file descriptor left, serves the next one',
  async () => {
    await runInside(['manage', '-c', place.config, '--local', place.storage])
    const words = `ulimit -n 64; exec "$0" "$@"`
    const line = [commandFile, 'status', '-c', place.config, '--local', place.storage, '--serve', '0']
    const env = { PATH: process.env.PATH }
    const child = spawn('bash', ['-c', words, process.execPath, ...line], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const url = await new Promise<string>(resolve => child.stdout.once('data', text => resolve(String(text).trim())))
      const port = Number(new URL(url).port)
      const sockets: Socket[] = []
      let failed: number | null = 200
      // The first page of all is asked for when hardly a descriptor is left, then when one less is.
      for (let open = 0; open < 60 && failed === 200; open++) {
        sockets.push(await idleConnection(port))
        if (open > 25) failed = await statusOf(port)
      }
      expect(failed).not.toBe(200)
      for (const socket of sockets) socket.destroy()
      await pause(200)
      expect([await statusOf(port), await statusOf(port)]).toEqual([200, 200])
    } finally {
      child.kill()
    }
  },
)

describe('manage --every --stack', () => {
  let table: TableStandin
  let bucket: S3Standin
  let formation: Server
  let asked = 0

  beforeAll(async () => {
    ;[table, bucket] = await Promise.all([startDynamoDB(), startS3()])
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new DynamoDBClient({ endpoint: table.url, region: 'us-east-1', credentials })
    await client.send(
      new CreateTableCommand({
        TableName: 'state',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    )
    client.destroy()
    formation = createServer((request, response) => {
      request.resume()
      const isFirst = ++asked === 1
      response.writeHead(isFirst ? 400 : 200, { 'content-type': 'text/xml' }).end(isFirst ? noStack : outputs)
    })
    await new Promise<void>(resolve => formation.listen(0, '127.0.0.1', resolve))
  })

  afterAll(async () => {
    formation.closeAllConnections()
    await Promise.all([table.close(), bucket.close(), new Promise(resolve => formation.close(resolve))])
  })

  test('looks a stack up again that was not found at first, and once where it was', async () => {
    const running = startCommand(
      ['manage', '-c', place.config, '--stack', 'edgemanage', '--every', '1', '--force', '--json'],
      {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(formation.address() as AddressInfo).port}`,
        AWS_ENDPOINT_URL_DYNAMODB: table.url,
        AWS_ENDPOINT_URL_S3: bucket.url,
        // Nobody listens: that events cannot be sent is a warning.
        AWS_ENDPOINT_URL_EVENTBRIDGE: 'http://127.0.0.1:9',
      },
    )
    await running.printed('"action":"unchanged"')
    running.child.kill('SIGTERM')
    const { stdout } = await running.ended
    const reports = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(reports.map(({ status }) => status).slice(0, 3)).toEqual(['failed', 'ok', 'ok'])
    expect(reports[0].warnings.join()).toContain('Stack with id edgemanage does not exist')
    expect(asked).toBe(2)
    expect(bucket.objects.get('live/net.live')).toBe(`${addresses.join('\n')}\n`)
  })
})

const noStack = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
<Code>ValidationError</Code><Message>Stack with id edgemanage does not exist</Message></Error></ErrorResponse>`

const output = (key: string, value: string) =>
  `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`

const outputs = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
<Stacks><member><StackName>edgemanage</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>
<Outputs>${output('TableName', 'state')}${output('BucketName', 'zones')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`
