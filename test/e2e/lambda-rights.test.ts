import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalog } from '../../infra/catalog.ts'
import { differencesOfActions } from '../helpers/actions.ts'
import { type Cloud, startCloud } from '../helpers/cloud.ts'
import { startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import type { RunningFunction } from '../helpers/lambda-runtime.ts'
import { statementsOf } from '../helpers/rights.ts'
import { idOf } from '../helpers/template.ts'
import { workplaceFor } from '../helpers/workplace.ts'

// Every function does all that it can, with the rights of its role: what it is granted is used, and what it does is granted.

const addresses = ['127.0.51.1', '127.0.51.2', '127.0.51.3']
let cloud: Cloud
let close: () => Promise<void>

beforeAll(async () => {
  const edges = await startEdges(addresses)
  const place = workplaceFor(edges, addresses)
  cloud = await startCloud(place.config)
  close = async () => {
    await cloud.close()
    await edges.close()
    place.remove()
  }
  const [manage, configure, ...others] = (await Promise.all(
    ['manage', 'configure', 'dry-run', 'status', 'query'].map(name => cloud.start(`edgemanage-net-${name}`)),
  )) as [RunningFunction, RunningFunction, ...RunningFunction[]]
  await manage.invoke({})
  // One that comes too soon looks who was there.
  await manage.invoke({})
  // An item that cannot be read is set aside by the next function that starts.
  await corruptCycle()
  // What was pushed is in the bucket: everybody reads it there.
  place.write('config/edges/net', `${addresses.slice(1).join('\n')}\n`)
  const pushed = await runInside(['config', 'push', '-C', 'one less', '-c', place.config], cloud.operator)
  expect(pushed.status, pushed.stderr).toBe(0)
  const restarted = await cloud.start('edgemanage-net-manage')
  await restarted.invoke({ force: true })
  await configure.invoke({ edge: addresses[1], mode: 'unavailable', comment: 'why' })
  await configure.invoke({ edge: addresses[1], mode: 'available' })
  await configure.invoke({ freeze: true, comment: 'launch' })
  await configure.invoke({ freeze: false })
  for (const other of others) await other.invoke({})
}, 240_000)
afterAll(() => close())

async function corruptCycle(): Promise<void> {
  const credentials = { accessKeyId: 'edgemanage-net-manage', secretAccessKey: 'none' }
  const client = new DynamoDBClient({ endpoint: cloud.table.url, region: 'us-east-1', credentials })
  const Item = { pk: { S: 'NETWORK#net' }, sk: { S: 'RUN#0000000000001' }, form: { S: '?' } }
  await client.send(new PutItemCommand({ TableName: 'edgemanage-test', Item }))
  client.destroy()
}

function sentBy(name: string): string[] {
  const all = [...cloud.table.journal, ...cloud.bucket.journal].filter(({ caller }) => caller === name)
  const events = cloud.bus.journal.some(({ caller }) => caller === name) ? ['events:PutEvents'] : []
  return [...new Set([...all.map(({ action }) => action), ...events])].sort()
}

/** It makes S3 tell who reads a missing object that it is missing; only cycles list. */
const unsent = ['s3:ListBucket']

describe.each(catalog.map(({ name }) => name))('%s', handler => {
  test('does what it is granted, and nothing else', () => {
    const name = `edgemanage-net-${handler}`
    const role = idOf(cloud.stack.functionNamed(name).properties.Role)
    const granted = [...new Set(statementsOf(cloud.stack, role).flatMap(({ actions }) => actions))]
    expect(differencesOfActions(handler, granted, sentBy(name), { unsent })).toEqual([])
    expect(cloud.refused().filter(one => one.startsWith(`${name}:`))).toEqual([])
  })
})
