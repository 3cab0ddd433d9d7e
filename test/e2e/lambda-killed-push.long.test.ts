import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Revisions, startRevisions } from '../helpers/killed-push.ts'

// A push as a process, killed at each request that it makes to table and bucket, before and after that was carried out
// (behaviour §11.2).

let stack: Revisions
let requests = 0
beforeAll(async () => {
  stack = await startRevisions(75)
  for (const network of stack.networks) expect((await stack.cycle(network)).revision).toBe(1)
  stack.next()
  requests = (await stack.doomed(['push', '-C', '2'], null)).requests.length
}, 120_000)
afterAll(() => stack.close())

test.each(['before', 'after'] as const)(
  'killed at every request, %s it was carried out',
  { timeout: 1_200_000 },
  async when => {
    expect(requests).toBeGreaterThan(30)
    for (let request = 1; request <= requests; request++) expect(await stack.killedPush({ request, when })).toBe(true)
  },
)

test('killed while it tidies up: nothing that is needed is gone', { timeout: 600_000 }, async () => {
  const deleted = (what: string) => what.startsWith('DELETE ')
  // The log has to be longer than what keeps its bundles.
  for (let n = 0, isTidied = false; !isTidied && n < 50; n++) {
    isTidied = (await stack.doomed(['push', '-C', String(stack.next())], null)).requests.some(deleted)
  }
  for (const when of ['before', 'after'] as const) {
    expect(await stack.killedPush({ request: 'DELETE ', when })).toBe(true)
  }
  const { stdout } = await stack.config('log', '-A', 'net', '--json')
  const hashes = stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line).hash as string]))
  const kept = hashes.slice(0, 50)
  expect(kept.filter(hash => !stack.cloud.bucket.objects.has(`config/net/${hash}`))).toEqual([])
  expect(await stack.config('rollback', String(kept.at(-1)), '-A', 'net')).toMatchObject({ status: 0 })
  expect((await stack.cycle('net')).report.configuration?.hash).toBe(kept.at(-1))
})

test('the log has each that was put in force once, in order; nobody asked for more than the roles allow', async () => {
  for (const network of stack.networks) {
    const { stdout } = await stack.config('log', '-A', network, '--json')
    const entries = stdout.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)]))
    const revisions = entries.filter(({ what }) => what === 'push').map(({ comment }) => Number(comment))
    expect(revisions.length).toBeGreaterThan(40)
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => b - a))
  }
  expect(stack.cloud.refused()).toEqual([])
})
