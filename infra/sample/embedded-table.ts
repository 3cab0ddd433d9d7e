import { cp, mkdtemp, rm, stat } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'
import { Level } from 'level'
import { rootMessage, type Taken, takeGuard } from './guard.ts'

export const embeddedTableName = 'edgemanage'
const holdSeconds = 55
const retryMs = 100
const activePollMs = 5
const copyAttempts = 5

/** The table of one machine: dynalite in this process, spoken to by the real client. */
export interface EmbeddedTable {
  readonly taken: false
  readonly client: DynamoDBClient
  readonly tableName: string
  readonly close: () => Promise<void>
}

/** Opens the table in a folder, made if need be; waits up to `waitMs` for another process that has it. */
export async function openEmbeddedTable(folder: string, waitMs: number): Promise<EmbeddedTable | Taken> {
  const deadline = Date.now() + waitMs
  for (;;) {
    const guard = await takeGuard(folder, holdSeconds)
    if (!guard.taken) {
      try {
        return await serve(join(folder, 'table'), guard.release)
      } catch (error) {
        await guard.release()
        throw error
      }
    }
    if (Date.now() >= deadline) return guard
    await pause(retryMs)
  }
}

/**
 * Opens what a table holds at this moment, for reading: a copy aside, deleted when closed, so that nothing is written
 * into the folder and another process may go on working on it. A folder that is not there reads as empty.
 */
export async function openEmbeddedCopy(folder: string): Promise<EmbeddedTable> {
  const path = join(folder, 'table')
  if (!(await isThere(path))) return serve(null, async () => {})
  for (let attempt = 1; ; attempt++) {
    const aside = await mkdtemp(join(tmpdir(), 'edgemanage-'))
    const discard = () => rm(aside, { recursive: true, force: true })
    try {
      // Opening a copy that was taken in the middle of a compaction fails; the next one will be whole.
      await cp(path, join(aside, 'table'), { recursive: true })
      return await serve(join(aside, 'table'), discard)
    } catch (error) {
      await discard()
      if (attempt === copyAttempts) throw error
      await pause(retryMs)
    }
  }
}

async function serve(path: string | null, onClose: () => Promise<void>): Promise<EmbeddedTable> {
  if (path !== null) await tryOpen(path)
  const times = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }
  const server: Server = dynalite(path === null ? times : { ...times, path })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const client = clientOf((server.address() as AddressInfo).port)
  const close = async () => {
    client.destroy()
    server.closeAllConnections()
    await new Promise<void>(resolve => server.close(() => resolve()))
    await onClose()
  }
  try {
    await makeTable(client)
  } catch (error) {
    await close()
    throw error
  }
  return { taken: false, client, tableName: embeddedTableName, close }
}

/** Opens and closes the database once, so that a damaged one is an error here and not an uncaught one in dynalite. */
async function tryOpen(path: string): Promise<void> {
  const database = new Level(path)
  try {
    await database.open()
    await database.close()
  } catch (error) {
    throw new Error(`the embedded table in ${path} cannot be opened: ${rootMessage(error)}`, { cause: error })
  }
}

function clientOf(port: number): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
    requestHandler: { requestTimeout: 10_000, throwOnRequestTimeout: true },
  })
}

async function makeTable(client: DynamoDBClient): Promise<void> {
  const { TableNames } = await client.send(new ListTablesCommand({}))
  if (TableNames?.includes(embeddedTableName)) return
  await client.send(
    new CreateTableCommand({
      TableName: embeddedTableName,
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
  const settled = new DescribeTableCommand({ TableName: embeddedTableName })
  while ((await client.send(settled)).Table?.TableStatus !== 'ACTIVE') await pause(activePollMs)
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch {
    return false
  }
}
