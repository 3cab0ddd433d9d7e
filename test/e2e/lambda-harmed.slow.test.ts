import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dynamoDBRows } from '../../functions/adapters/table/dynamodb-rows.ts'
import type { Rows } from '../../functions/adapters/table/rows.ts'
import { type Revisions, startRevisions } from '../helpers/killed-push.ts'

// What is harmed of the configuration in force on AWS (behaviour §11.4): a cycle of the deployed function goes on with the one
// before, whole, and operators read why everywhere.

let stack: Revisions
let rows: Rows
beforeAll(async () => {
  stack = await startRevisions(77)
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = stack.cloud.operator
  const credentials = { accessKeyId, secretAccessKey }
  const client = new DynamoDBClient({ endpoint: stack.cloud.table.url, region: 'us-east-1', credentials })
  rows = dynamoDBRows(client, String(stack.cloud.operator.TABLE_NAME))('net')
  // The first cycle of each stores what the deploy brought.
  for (const network of stack.networks) await stack.cycle(network)
}, 120_000)
afterAll(() => stack.close())

/** Pushes the next revision; its hash. */
async function pushed(): Promise<string> {
  const revision = stack.next()
  const { status, stdout, stderr } = await stack.config('push', '-A', 'net', '-C', String(revision), '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout).hash
}

const nothing = 'f'.repeat(64)
const keyOf = (hash: string) => `config/net/${hash}`
const objectOf = (hash: string) => String(stack.cloud.bucket.objects.get(keyOf(hash)))
const put = (hash: string, text: string) => void stack.cloud.bucket.objects.set(keyOf(hash), text)
const remove = (hash: string) => void stack.cloud.bucket.objects.delete(keyOf(hash))

async function harmPointer(change: (body: string) => string): Promise<void> {
  const item = await rows.get('DESIRED')
  await rows.put('DESIRED', { ...item, body: { S: change(String(item?.body?.S)) } })
}

const harms: [what: string, why: RegExp, harm: (hash: string) => Promise<void> | void][] = [
  ['a pointer to nothing', /is missing in the bucket/, hash => harmPointer(body => body.replace(hash, nothing))],
  ['an unreadable pointer', /the pointer .* cannot be read/, () => harmPointer(body => body.slice(0, 50))],
  ['a pointer that is no item of ours', /the pointer .* cannot be read/, () => rows.put('DESIRED', { x: { N: '1' } })],
  ['a deleted bundle', /the bundle is missing in the bucket/, remove],
  ['a truncated bundle', /the bundle is damaged/, hash => put(hash, objectOf(hash).slice(0, 100))],
  ['a bundle of which a part is gone', /its part [0-9a-f]{64} is missing/, hash => remove(partOf(hash))],
]

/** The name of the object with the edges of a bundle. */
function partOf(hash: string): string {
  const { files } = JSON.parse(objectOf(hash))
  return files['edges/net'].sha256
}

describe('what is in force is harmed', () => {
  test.each(harms)(
    '%s',
    async (_, why, harm) => {
      const good = await pushed()
      const before = await stack.cycle('net')
      expect(before.report.configuration?.hash).toBe(good)
      const hash = await pushed()
      const objects = new Map(stack.cloud.bucket.objects)
      await harm(hash)
      const events = stack.cloud.bus.journal.length
      for (const _ of [1, 2]) {
        const { report, revision } = await stack.cycle('net', 'rejected')
        expect(revision).toBe(before.revision)
        expect(report.configuration).toMatchObject({ hash: good, rejected: [expect.stringMatching(why)] })
        expect(report.warnings.filter(text => text.includes('is not used'))).toEqual([expect.stringMatching(why)])
      }
      const happened = stack.cloud.bus.journal.slice(events).flatMap(({ events: sent }) => sent)
      expect(happened.filter(({ happening }) => happening === 'configuration rejected')).toHaveLength(1)
      const checked = await stack.run('check', 'config', '-A', 'net')
      expect(checked).toMatchObject({ status: 1, stdout: expect.stringMatching(why) })
      expect(checked.stdout).toContain(`${good.slice(0, 12)} since`)
      const shown = await stack.run('status', '-A', 'net')
      expect(shown).toMatchObject({ status: 0, stdout: expect.stringMatching(why) })
      expect((await stack.run('query', '-A', 'net', '-f', 'flat', '-v')).stdout).toContain(`.${10 + before.revision}`)
      // The same push again repairs it.
      expect(await stack.config('push', '-A', 'net')).toMatchObject({ status: 0, stderr: '' })
      const after = await stack.cycle('net')
      expect(after.report.configuration).toMatchObject({ hash, rejected: [] })
      expect([...objects.keys()].filter(key => !stack.cloud.bucket.objects.has(key))).toEqual([])
      expect((await stack.run('check', 'config', '-A', 'net')).status).toBe(0)
    },
    60_000,
  )
})

test('a bundle of another version of the product is not used either', async () => {
  const good = await pushed()
  const before = await stack.cycle('net')
  const { createHash } = await import('node:crypto')
  const text = JSON.stringify({ ...JSON.parse(objectOf(good)), version: 99 })
  const hash = createHash('sha256').update(text).digest('hex')
  put(hash, text)
  // As the push of another version would leave it.
  await harmPointer(body => {
    const pointer = JSON.parse(body)
    const { by, at, comment } = pointer
    return JSON.stringify({ ...pointer, hash, previous: { hash: good, by, at, comment } })
  })
  const { report, revision } = await stack.cycle('net', 'rejected')
  expect(revision).toBe(before.revision)
  expect(report.configuration).toMatchObject({ hash: good, rejected: [expect.stringMatching(/version/)] })
  expect((await stack.run('check', 'config', '-A', 'net')).stdout).toMatch(/version/)
  expect((await stack.run('config', 'log', '-A', 'net')).status).toBe(0)
  await pushed()
  expect((await stack.cycle('net')).revision).toBe(before.revision + 1)
})

test('of two pushes at once the loser stops at its first conflict; the next cycles use wholly what was first', async () => {
  expect(await stack.config('push')).toMatchObject({ status: 0 })
  const revision = stack.next()
  let first = {}
  const slow = await stack.doomed(['push', '-C', 'slow'], { request: 'UpdateItem', when: 'held' }, async () => {
    stack.next()
    first = await stack.config('push', '-C', 'first')
  })
  expect(first).toMatchObject({ status: 0 })
  expect(slow).toMatchObject({ status: 1, stdout: expect.stringContaining('net: not changed') })
  expect(slow.stderr).toMatch(/net: .+ was first and put [0-9a-f]{12} in force; no network was changed/)
  for (const network of stack.networks) expect((await stack.cycle(network)).revision).toBe(revision + 1)
})
