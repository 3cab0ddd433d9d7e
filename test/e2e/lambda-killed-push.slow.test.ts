import { afterAll, beforeAll, expect, test } from 'vitest'
import { isWrite, type Point, type Revisions, startRevisions } from '../helpers/killed-push.ts'

// Pushes and rollbacks as processes, killed at a request to table or bucket; then cycles of the deployed functions (behaviour
// §11.2). All requests: lambda-killed-push.long.test.ts.

let stack: Revisions
beforeAll(async () => {
  stack = await startRevisions(74)
  for (const network of stack.networks) expect((await stack.cycle(network)).revision).toBe(1)
}, 120_000)
afterAll(() => stack.close())

test('a push that is killed beside its writes put a network wholly in force or not at all; the same push again completes it', async () => {
  stack.next()
  const { status, requests } = await stack.doomed(['push'], null)
  expect(status).toBe(0)
  const numbers = requests.flatMap((what, at) => (what === 'UpdateItem' ? [at + 1] : []))
  expect(numbers).toHaveLength(stack.networks.length)
  const points = numbers.flatMap<Point>(request => [
    { request, when: 'before' },
    { request, when: 'after' },
  ])
  const lastObject = requests.findLastIndex(what => what.startsWith('PUT ')) + 1
  for (const point of [{ request: lastObject, when: 'before' } as const, ...points]) {
    expect(await stack.killedPush(point)).toBe(true)
  }
}, 120_000)

test('a rollback that is killed beside its write put the earlier one in force or not; again, it is', async () => {
  const { requests } = await stack.doomed(['rollback', '-A', 'net', '-n'], null)
  expect(requests.filter(isWrite)).toEqual([])
  for (const when of ['before', 'after'] as const) {
    const { revision } = await stack.cycle('net')
    const { isKilled } = await stack.doomed(['rollback', '-A', 'net'], { request: 'UpdateItem', when })
    expect(isKilled).toBe(true)
    const { report, revision: used } = await stack.cycle('net')
    expect(used === revision).toBe(when === 'before')
    const log = await stack.config('log', '-A', 'net', '--json')
    const [newest] = log.stdout.split('\n').map(line => (line === '' ? {} : JSON.parse(line)))
    expect(newest).toMatchObject({ hash: report.configuration?.hash, what: when === 'before' ? 'push' : 'rollback' })
    expect(await stack.config('rollback', '-A', 'net', String(report.configuration?.hash))).toMatchObject({ status: 0 })
  }
}, 120_000)

test('nobody asked for more than the roles allow', () => {
  expect(stack.cloud.refused()).toEqual([])
})
