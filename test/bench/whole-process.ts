/** Whole processes of the built command: wall, CPU and memory (issue: speed of a cycle). */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { runKey } from '../../functions/adapters/table/keys.ts'
import { encodeRun } from '../../functions/adapters/table/run-item.ts'
import { putRoster } from '../../functions/adapters/table/save.ts'
import type { Report } from '../../functions/core/report/report.ts'
import { commandFile } from '../helpers/command.ts'
import { openEmbedded } from '../helpers/stores.ts'
import { type Workplace, workplaceFor } from '../helpers/workplace.ts'
import { addressesOf, body, startFarm, tlsFile } from './farm.ts'
import { grown } from './grown.ts'
import { runsOf } from './growth.ts'
import { median } from './statistics.ts'
import type { Row } from './table.ts'

export interface Timed {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakMegabytes: number
  readonly report: Report
}

interface Case {
  readonly edges: number
  readonly delayMs: number
  readonly proto: 'http' | 'https'
  readonly history: number
  readonly onlyFull?: boolean
}

const cases: readonly Case[] = [
  { edges: 40, delayMs: 0, proto: 'http', history: 0 },
  { edges: 100, delayMs: 0, proto: 'http', history: 0 },
  { edges: 200, delayMs: 200, proto: 'http', history: 0 },
  { edges: 1000, delayMs: 0, proto: 'http', history: 0 },
  { edges: 1000, delayMs: 0, proto: 'http', history: 2000 },
  { edges: 1000, delayMs: 0, proto: 'https', history: 0 },
  { edges: 1000, delayMs: 200, proto: 'http', history: 0, onlyFull: true },
  { edges: 1000, delayMs: 200, proto: 'https', history: 2000, onlyFull: true },
  { edges: 10_000, delayMs: 0, proto: 'http', history: 0 },
  { edges: 10_000, delayMs: 200, proto: 'https', history: 0, onlyFull: true },
]

/** A folder for edges of the farm; other zones and settings may be written over it. */
export function placeFor(addresses: readonly string[], port: number, proto: 'http' | 'https' = 'http'): Workplace {
  const place = workplaceFor(
    {
      port,
      body,
      behave: () => {},
      count: () => 0,
      stop: async () => {},
      asked: async () => {},
      close: async () => {},
    },
    addresses,
  )
  const testobject = { host: 'site.example', proto, port, uri: '/object', local: 'objects/object' }
  place.settings({ testobject, workers: 900, timeout: 10, edge_count: 4 })
  return place
}

/** Runs one cycle in a process of its own. */
export async function cycleOf(place: Workplace, ...flags: string[]): Promise<Timed> {
  const out = join(place.folder, 'out.json')
  const args = [commandFile, 'manage', '-c', place.config, '--local', place.storage, '--force', '--json', ...flags]
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: tlsFile('ca.pem') }
  const started = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const kept = child.stdout.pipe(createWriteStream(out))
  let [peakMegabytes, cpuMs] = [0, 0]
  const watch = setInterval(() => {
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      // A process that is ending has none any more.
      peakMegabytes = Math.max(peakMegabytes, Number(kilobytes ?? 0) / 1024)
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ')
      cpuMs = (Number(fields[13]) + Number(fields[14])) * 10
    } catch {
      // It has ended.
    }
  }, 20)
  await Promise.all([once(child, 'close'), finished(kept)])
  clearInterval(watch)
  const wallMs = performance.now() - started
  return { wallMs, cpuMs, peakMegabytes, report: JSON.parse(readFileSync(out, 'utf8')) as Report }
}

/** Puts a history of this many cycles into a folder's table. */
export async function fillHistory(place: Workplace, names: readonly string[], cycles: number): Promise<void> {
  const store = await openEmbedded(place.storage)
  const rows = store.rows('net')
  const runs = runsOf([...names].sort(), cycles, Date.now() - 60_000)
  const ttl = Math.ceil(Date.now() / 1000) + 14 * 86_400
  const [first] = runs
  if (first !== undefined) await putRoster(rows, first.roster)
  for (let at = 0; at < runs.length; at += 20) {
    await Promise.all(runs.slice(at, at + 20).map(run => rows.put(runKey(run.time), encodeRun(run, ttl))))
  }
  await store.close()
}

export async function wholeProcesses(full: boolean): Promise<Row[]> {
  const rows: Row[] = []
  const fast: { edges: number; wallMs: number; cpuMs: number }[] = []
  const without = new Map<string, number>()
  for (const one of cases.filter(({ onlyFull }) => full || onlyFull !== true)) {
    const farm = await startFarm(one.delayMs)
    const addresses = addressesOf(one.edges)
    const place = placeFor(addresses, farm[one.proto], one.proto)
    if (one.history > 0) await fillHistory(place, addresses, one.history)
    const times: Timed[] = []
    for (let round = 0; round < (one.edges > 1000 ? 1 : 3); round++) times.push(await cycleOf(place))
    farm.close()
    place.remove()
    rows.push(...rowsFor(one, times, without))
    if (one.delayMs === 0 && one.proto === 'http' && one.history === 0)
      fast.push({ edges: one.edges, ...mediansOf(times) })
  }
  return [
    ...rows,
    grown(
      'a whole cycle',
      'edges, fast, HTTP',
      fast.map(({ edges, wallMs }) => [edges, wallMs]),
    ),
    grown(
      'processor time of a whole cycle',
      'edges, fast, HTTP',
      fast.map(({ edges, cpuMs }) => [edges, cpuMs]),
    ),
  ]
}

function mediansOf(times: readonly Timed[]) {
  return { wallMs: median(times.map(time => time.wallMs)), cpuMs: median(times.map(time => time.cpuMs)) }
}

function rowsFor(one: Case, times: readonly Timed[], without: Map<string, number>): Row[] {
  const { edges, delayMs, proto, history } = one
  const [last] = times.slice(-1)
  const answered = last?.report.edges.filter(({ outcome }) => outcome === 'ok').length ?? 0
  const what = `${edges} edges, ${delayMs} ms, ${proto}, history ${history}`
  const part = 'cycle, whole process'
  const key = `${edges} ${delayMs} ${proto}`
  const { wallMs: wall, cpuMs } = mediansOf(times)
  const limit = edges === 200 && delayMs === 200 ? 900 : null
  const note = answered === edges ? {} : { note: `${answered} answered` }
  const rows: Row[] = [
    { part, what: `${what}: wall`, value: wall, unit: 'ms', target: limit, ...note },
    { part, what: `${what}: CPU`, value: cpuMs, unit: 'ms', target: null },
    {
      part,
      what: `${what}: memory`,
      value: median(times.map(time => time.peakMegabytes)),
      unit: 'MB',
      target: edges <= 1000 ? 200 : null,
    },
  ]
  if (history === 0) without.set(key, wall)
  const base = without.get(key)
  if (history > 0 && base !== undefined) {
    rows.push({ part, what: `${what}: more than without history`, value: wall - base, unit: 'ms', target: 1500 })
  }
  return rows
}
