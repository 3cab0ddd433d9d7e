/** A cycle on one machine beside the original's, and what its store is asked: the whole table of targets. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandFile } from '../helpers/command.ts'
import type { Workplace } from '../helpers/workplace.ts'
import { addressesOf, startFarm } from './farm.ts'
import { median } from './statistics.ts'
import type { Row } from './table.ts'
import { cycleOf, fillHistory, placeFor, type Timed } from './whole-process.ts'

const part = 'one machine'
const rounds = 5

/**
 * Seconds of the original (Python, a file per edge) on two cores, whole process, steady state, edges on the same machine,
 * as issue 15 gives them: it is not run here, so that a ratio holds on a machine of that kind with nothing else at work.
 */
interface Work {
  readonly name: string
  readonly edges: number
  readonly delayMs: number
  readonly history: number
  readonly original: { readonly wall: number; readonly cpu?: number }
  /** The most that wall and processor time may be, as shares of the original's. */
  readonly wallShare?: number
  readonly cpuShare?: number
  readonly wallMs?: number
  readonly megabytes?: number
  readonly writtenKilobytes?: number
}

const works: readonly Work[] = [
  {
    ...{ name: '20 + 20 fast', edges: 40, delayMs: 0, history: 0 },
    ...{ original: { wall: 0.38, cpu: 0.37 }, wallShare: 0.8, cpuShare: 0.75 },
  },
  {
    ...{ name: '100 fast', edges: 100, delayMs: 0, history: 0 },
    ...{ original: { wall: 0.51, cpu: 0.5 }, wallShare: 0.8, cpuShare: 0.75 },
  },
  { name: '200 of 200 ms each', edges: 200, delayMs: 200, history: 0, original: { wall: 4.4 }, wallMs: 700 },
  {
    ...{ name: '1,000 fast', edges: 1000, delayMs: 0, history: 0 },
    ...{ original: { wall: 2.6, cpu: 2.6 }, wallShare: 0.6, cpuShare: 0.5 },
  },
  {
    ...{ name: '1,000 fast, 2,000 samples each', edges: 1000, delayMs: 0, history: 2000 },
    ...{ original: { wall: 5.3 }, wallShare: 0.35, megabytes: 160, writtenKilobytes: 100 },
  },
]

export async function oneMachine(): Promise<Row[]> {
  const rows: Row[] = []
  for (const work of works) {
    const farm = await startFarm(work.delayMs)
    const addresses = addressesOf(work.edges)
    const place = placeFor(addresses, farm.http)
    if (work.history > 0) await fillHistory(place, addresses, work.history)
    // The first cycle publishes; the others are the steady state.
    await cycleOf(place)
    const times: Timed[] = []
    const written: number[] = []
    for (let round = 0; round < rounds; round++) {
      times.push(await cycleOf(place))
      written.push(await writtenBy(place))
    }
    rows.push(...rowsOf(work, times, median(written)))
    if (work.history > 0) rows.push(...(await looks(place)))
    farm.close()
    place.remove()
  }
  return [...rows, ...(await twoAtOnce())]
}

function rowsOf(work: Work, times: readonly Timed[], writtenBytes: number): Row[] {
  const { original, wallShare, cpuShare } = work
  const row = (what: string, value: number, unit: string, target: number | null | undefined, note?: string): Row => {
    const said = note === undefined ? {} : { note }
    return { part, what: `${work.name}: ${what}`, value, unit, target: target ?? null, ...said }
  }
  const wall = median(times.map(({ wallMs }) => wallMs))
  const cpu = median(times.map(({ cpuMs }) => cpuMs))
  const answered = Math.min(...times.map(({ report }) => report.edges.filter(one => one.outcome === 'ok').length))
  const note = `the original ${original.wall} s (issue 15); ${answered} of ${work.edges} answered`
  const rows = [row('wall', wall, 'ms', work.wallMs, note), row('CPU', cpu, 'ms', null)]
  if (wallShare !== undefined) rows.push(row('wall to the original', wall / original.wall / 1000, '×', wallShare))
  if (original.cpu !== undefined) rows.push(row('CPU to the original', cpu / original.cpu / 1000, '×', cpuShare))
  const peak = median(times.map(({ peakMegabytes }) => peakMegabytes))
  rows.push(row('memory', peak, 'MB', work.megabytes))
  rows.push(row('written', writtenBytes / 1024, 'KB', work.writtenKilobytes, 'whole pages of the disk'))
  return rows
}

/** What looks at a folder take, as whole processes. */
async function looks(place: Workplace): Promise<Row[]> {
  const rows: Row[] = []
  for (const command of ['query', 'status', 'check all']) {
    const args = [...command.split(' '), '--config', place.config, '--local', place.storage]
    const value = await wallOf([commandFile, ...args])
    const note = 'the original 0.34 s, its start alone (issue 15)'
    rows.push({ part, what: `${command} on it: wall`, value, unit: 'ms', target: 250, note })
  }
  const note = 'some 40 ms on the machine on which the original was measured'
  rows.push({ part, what: 'Node alone: wall', value: await wallOf(['-e', '0']), unit: 'ms', target: null, note })
  return rows
}

/** Milliseconds that a process of Node with these arguments takes, the median of some. Throws where one fails. */
async function wallOf(args: readonly string[]): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    const status = await exitOf(args)
    if (status !== 0 && status !== 1) throw new Error(`${args.join(' ')} ended with status ${status}`)
    times.push(performance.now() - started)
  }
  return median(times)
}

/** Two networks on one folder, started together as cron does: how often one of them lost its cycle. */
async function twoAtOnce(): Promise<Row[]> {
  const times = 20
  const farm = await startFarm(0)
  const place = placeFor(addressesOf(20), farm.http)
  place.write('config/edges/other', `${addressesOf(20).join('\n')}\n`)
  place.write('config/zones/other/other.example.zone', '')
  let lost = 0
  for (let round = 0; round < times; round++) {
    const cycle = (network: string) =>
      ended(['manage', '-A', network, '-c', place.config, '--local', place.storage, '--force', '--json'])
    const statuses = await Promise.all([cycle('net'), cycle('other')])
    if (statuses.some(status => status !== 0)) lost++
  }
  farm.close()
  place.remove()
  return [{ part, what: `two networks at once on one folder, lost of ${times}`, value: lost, unit: '', target: 0 }]
}

const ended = (args: readonly string[]) => exitOf([commandFile, ...args])

/** The exit status of a process of Node with these arguments. */
async function exitOf(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, args, { stdio: 'ignore' })
  return new Promise(resolve => child.once('close', resolve))
}

/** Bytes that one cycle hands to the disk, as the kernel counts them when the process ends; not a number without Linux. */
async function writtenBy(place: Workplace): Promise<number> {
  const counted = join(place.folder, 'written')
  const text = `process.on('exit',()=>{try{fs.writeFileSync(${JSON.stringify(counted)},fs.readFileSync('/proc/self/io'))}catch{}})`
  const preload = `data:text/javascript,${encodeURIComponent(`import fs from 'node:fs';${text}`)}`
  const cycle = [commandFile, 'manage', '-c', place.config, '--local', place.storage, '--force', '--json']
  await exitOf(['--import', preload, ...cycle])
  const found = existsSync(counted) ? /^write_bytes: (\d+)$/m.exec(readFileSync(counted, 'utf8')) : null
  return Number(found?.[1] ?? Number.NaN)
}
