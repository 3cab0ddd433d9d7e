/** How true the measured fetch times are: the product, a bare loop, and curl, on the same edges (issue: fidelity). */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { addressesOf, delayOf, host, mixedDelays, startFarm, tlsFile } from './farm.ts'
import { type Measured, startProber, type Work } from './prober.ts'
import { median, quantile } from './statistics.ts'
import type { Row } from './table.ts'

const run = promisify(execFile)
const part = 'fidelity'
const cgroup = '/sys/fs/cgroup/cpu/edgemanage-bench-fifth'
const curlsPerDelay = 20
/** This many rounds warm a prober up that has but a fifth of a core: its compiler has no more. */
const warmingRounds = 4
const fifthRounds = 8

const targets = {
  http: { p99: 8, fifth: 40, starts: 1200 },
  https: { p99: 20, fifth: 80, starts: 6000 },
} as const

export async function fidelity(): Promise<Row[]> {
  const farm = await startFarm()
  const rows: Row[] = []
  try {
    for (const proto of ['http', 'https'] as const) {
      const work = { proto, port: farm[proto] }
      rows.push(...(await onFullCore(work)), ...(await onFifth(work)), ...(await curl(work)))
    }
  } finally {
    farm.close()
  }
  return rows
}

async function onFullCore(work: Pick<Work, 'proto' | 'port'>): Promise<Row[]> {
  // A process each: what one leaves behind for the collector would hold up another.
  const [ours, theirs, theirsPaced] = [await startProber(), await startProber(), await startProber()]
  const product: Measured[] = []
  const bare: Measured[] = []
  const paced: Measured[] = []
  for (let round = 0; round < 4; round++) {
    product.push(await ours.measure({ ...work, edges: 1000, how: 'product' }))
    bare.push(await theirs.measure({ ...work, edges: 1000, how: 'bare' }))
    paced.push(await theirsPaced.measure({ ...work, edges: 1000, how: 'paced' }))
  }
  for (const prober of [ours, theirs, theirsPaced]) prober.stop()
  const { p99, starts } = targets[work.proto]
  const warm = product.slice(1)
  const of = (all: readonly Measured[], value: (one: Measured) => number) => median(all.map(value))
  const name = `1,000 edges, ${work.proto}, warm`
  const cpuMs = of(warm, one => one.cpuMs)
  const besides = (loop: readonly Measured[]) => cpuMs / of(loop.slice(1), one => one.cpuMs)
  return [
    ...errorRows(name, 'product', warm, p99),
    ...errorRows(name, 'bare loop, 100 in flight', bare.slice(1), null),
    row(
      `${name}: all starts within`,
      of(warm, one => one.startsMs),
      'ms',
      starts,
      'one start per millisecond alone takes 999 ms',
    ),
    row(
      `${name}: worst lag of the prober`,
      of(warm, one => one.lagMs),
      'ms',
      null,
    ),
    row(`${name}: CPU per probe`, cpuMs / 1000, 'ms', null),
    row(`${name}: CPU per probe, bare loop`, of(bare.slice(1), one => one.cpuMs) / 1000, 'ms', null),
    row(`${name}: CPU, product / bare loop`, besides(bare), '×', null),
    row(
      `${name}: CPU, product / bare loop at the product's pace`,
      besides(paced),
      '×',
      work.proto === 'http' ? 1.25 : null,
    ),
  ]
}

async function onFifth(work: Pick<Work, 'proto' | 'port'>): Promise<Row[]> {
  const name = `100 edges, ${work.proto}, a fifth of a core`
  const missing = holdToFifth()
  if (typeof missing === 'string') return [row(name, Number.NaN, 'ms', targets[work.proto].fifth, missing)]
  const prober = await startProber(missing)
  const all: Measured[] = []
  for (let round = 0; round < warmingRounds + fifthRounds; round++) {
    all.push(await prober.measure({ ...work, edges: 100, how: 'product' }))
  }
  prober.stop()
  await new Promise(resolve => setTimeout(resolve, 200))
  rmdirSync(cgroup)
  return errorRows(name, 'product', all.slice(warmingRounds), targets[work.proto].fifth)
}

/** What holds a process to a fifth of a core, in the short periods that Lambda has; or why that cannot be done. */
function holdToFifth(): ((pid: number) => void) | string {
  if (!existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us')) return 'there is no cgroup (version 1) for processors here'
  try {
    mkdirSync(cgroup, { recursive: true })
    writeFileSync(`${cgroup}/cpu.cfs_period_us`, '20000')
    writeFileSync(`${cgroup}/cpu.cfs_quota_us`, '4000')
  } catch {
    return 'only root may hold a process to a share of a processor'
  }
  return pid => writeFileSync(`${cgroup}/cgroup.procs`, String(pid))
}

async function curl({ proto, port }: Pick<Work, 'proto' | 'port'>): Promise<Row[]> {
  const errors: number[] = []
  const name = `${curlsPerDelay * mixedDelays.length} edges, ${proto}`
  try {
    for (const address of mixedDelays.flatMap(delay => addressesOf(curlsPerDelay, delay))) {
      const place = ['--resolve', `${host}:${port}:${address}`, '--cacert', tlsFile('ca.pem')]
      const url = `${proto}://${host}:${port}/object`
      const { stdout } = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{time_total}', ...place, url])
      errors.push(Number(stdout) * 1000 - delayOf(address))
    }
  } catch {
    return [row(`${name}: curl`, Number.NaN, 'ms', null, 'there is no curl here')]
  }
  return errorRows(name, 'curl, one at a time', [{ errors }], null)
}

function errorRows(name: string, who: string, all: readonly Pick<Measured, 'errors'>[], target: number | null): Row[] {
  const at = (share: number) => median(all.map(({ errors }) => quantile(errors, share)))
  return [
    row(`${name}: error p50, ${who}`, at(0.5), 'ms', null),
    row(`${name}: error p99, ${who}`, at(0.99), 'ms', target),
  ]
}

function row(what: string, value: number, unit: string, target: number | null, note?: string): Row {
  return { part, what, value, unit, target, ...(note === undefined ? {} : { note }) }
}
