import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ended } from '../helpers/command.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'
import { runInside } from '../helpers/in-process.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'

// A probe that failed is told with its status code and the time that it really took, wherever it is told; and the values of
// `testobject.headers` nowhere.

const addresses = ['127.0.54.1', '127.0.54.2', '127.0.54.3']
const [good, bad, spare] = addresses as [string, string, string]
const canary = '127.0.54.101'
const secret = 'a-secret-that-is-in-no-output'
/** The bad edge answers after this long; the deadline is far behind it. */
const delayMs = 300

let edges: Edges
let place: Workplace
const outputs = new Map<string, Ended & { readonly text: string }>()

async function keep(name: string, words: readonly string[], config = '-c') {
  const ended = await runInside([...words, config, place.config, '--local', place.storage])
  outputs.set(name, { ...ended, text: ended.stdout + ended.stderr })
}

beforeAll(async () => {
  edges = await startEdges([...addresses, canary])
  place = workplaceFor(edges, addresses)
  place.write('config/canaries/net', `example.org: ${canary}\n`)
  place.settings({ testobject: { ...object(), headers: { 'X-Probe': secret } }, timeout: 5 })
  // Good, but never the best: the bad one is live when it begins to fail.
  edges.behave(spare, { delayMs: 150 })
  await keep('manage, the first', ['manage', '--force'])
  for (const address of [bad, canary]) edges.behave(address, { status: 503, delayMs })
  await keep('manage --dry-run', ['manage', '--dry-run', '--verbose'])
  await keep('manage -v', ['manage', '--force', '-v'])
  await keep('manage --json', ['manage', '--force', '--json', '-v'])
  for (const [name, words] of Object.entries(looks)) await keep(name, words)
  for (const check of ['latency', 'integrity', 'live', 'all']) {
    await keep(`check ${check}`, ['check', check, '--all'].slice(0, check === 'latency' ? 3 : 2), '--config')
  }
  const page = readFileSync(join(place.folder, 'status.html'), 'utf8')
  outputs.set('the page', { ...(outputs.get('status --html') as Ended), text: page })
}, 120_000)

afterAll(async () => {
  await edges.close()
  place.remove()
})

const object = () => {
  return { host: 'site.example', proto: 'http', port: edges.port, uri: '/object', local: 'objects/object' }
}

const looks: Readonly<Record<string, string[]>> = {
  why: ['why', bad],
  'why --json': ['why', bad, '--json'],
  history: ['history', bad],
  'history of the canary': ['history', canary],
  'history --format csv': ['history', bad, '--format', 'csv'],
  'history --format json': ['history', bad, '--format', 'json'],
  'query -v': ['query', '-v'],
  'query -v -f json': ['query', '-v', '-f', 'json'],
  rotations: ['rotations'],
  log: ['log'],
  'log --json': ['log', '--json'],
  status: ['status'],
  'status --json': ['status', '--json'],
  get 'status --html'() {
    return ['status', '--html', join(place.folder, 'status.html')]
  },
  metrics: ['metrics'],
  zones: ['zones'],
  validate: ['validate'],
}

const timed = /status 503[^\n]{0,4}in 0\.[34]\d* s/

test.each([
  'manage --dry-run',
  'manage -v',
  'manage --json',
  'why',
  'why --json',
  'history',
  'history of the canary',
  'rotations',
  'log',
  'log --json',
  'status',
  'status --json',
  'the page',
  'check latency',
])('%s: the status code, and the seconds that it took', name => {
  expect(outputs.get(name)?.text).toMatch(timed)
})

test.each(['manage -v', 'status', 'status --json', 'the page'])('%s: of the canary, too', name => {
  const text = String(outputs.get(name)?.text)
  expect(text.slice(text.indexOf(canary))).toMatch(timed)
})

test('history for programs has both in columns of their own', () => {
  const rows = String(outputs.get('history --format csv')?.stdout).trim().split('\n')
  expect(rows[0]).toBe('time,fetch_seconds,outcome,judgement,live,average,took_seconds,detail')
  expect(rows.at(-1)).toMatch(/,5,bad_status,fail,false,,0\.[34]\d*,status 503$/)
  const last = JSON.parse(String(outputs.get('history --format json')?.stdout.trim().split('\n').at(-1)))
  expect(last).toMatchObject({ outcome: 'bad_status', fetchSeconds: 5, detail: 'status 503' })
  expect(last.tookSeconds).toBeGreaterThanOrEqual(0.29)
  expect(last.tookSeconds).toBeLessThan(2)
})

test('no output holds the value of a header of the test object', () => {
  for (const [name, { text }] of outputs) expect([name, text.includes(secret)]).toEqual([name, false])
  expect(edges.count(good)).toBeGreaterThan(0)
})
