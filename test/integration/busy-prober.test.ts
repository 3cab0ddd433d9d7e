import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { watchLoop } from '../../functions/adapters/probe/loop-watch.ts'
import { sleep } from '../../functions/adapters/time/clock.ts'
import { probeAll } from '../../functions/cycle/probing/probe-all.ts'
import { type Edges, startEdges } from '../helpers/edges.ts'

const quick = Array.from({ length: 12 }, (_, at) => `127.0.31.${at + 1}`)
const slow = '127.0.31.100'
const goodenough = 0.8
let edges: Edges

beforeAll(async () => {
  edges = await startEdges([...quick, slow])
  edges.behave(slow, { delayMs: 900 })
})

afterAll(() => edges.close())

test('no edge is judged slow because the prober was busy, and a slow one still is', async () => {
  const probe = createHttpProbe()
  let started = 0
  let blockedMicros = 0
  const busyProbe: typeof probe = async (...asked) => {
    const fetched = probe(...asked)
    if (++started === quick.length) block(1000)
    const found = await fetched
    if (started <= quick.length + 1 && found.outcome === 'ok') {
      blockedMicros = Math.max(blockedMicros, found.fetchMicros)
    }
    return found
  }
  const targets = [...quick, slow].map(address => ({ kind: 'edge' as const, name: address, address, preferred: null }))
  const request = {
    ...({ proto: 'http', host: 'site.example', port: edges.port, uri: '/', verify: true } as const),
    ...{ timeoutSeconds: 10, attempts: 1, bytes: edges.body.length },
    sha256: createHash('sha256').update(edges.body).digest('hex'),
  }
  const standardOf = () => ({ thresholdMicros: goodenough * 1e6, isLive: false })
  const options = {
    workers: 20,
    canaryKiller: 0,
    references: [],
    recheck: null,
    endsAt: Date.now() + 35_000,
    standardOf,
  }
  const ports = { sleep, watchLoop, clock: Date.now, progress: () => {}, reference: async () => true }
  const found = await probeAll(targets, request, options, { ...ports, probe: busyProbe })
  const seconds = [...found.edges].map(([name, one]) => [
    name,
    one.outcome === 'ok' && one.fetchMicros / 1e6 < goodenough,
  ])
  expect(blockedMicros).toBeGreaterThan(goodenough * 1e6)
  expect(Object.fromEntries(seconds)).toEqual({ ...Object.fromEntries(quick.map(name => [name, true])), [slow]: false })
  expect(found.lagMs).toBeGreaterThanOrEqual(900)
}, 30_000)

/** Another work on the same event loop. */
function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until) {
    // The event loop is busy.
  }
}
