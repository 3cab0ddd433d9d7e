/** How long a replay takes, and what it holds (issue: replay), in a process of its own for each. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import { alternativesOf } from '../../functions/core/replay/alternatives.ts'
import { replay } from '../../functions/core/replay/replay.ts'
import { networkOf } from '../helpers/world.ts'
import type { Row } from './table.ts'

const cycles = 2000
const start = Date.UTC(2026, 0, 1)

/** A number from 0 to 1 that looks random and is always the same. */
function noise(at: number, time: number): number {
  const x = Math.sin(at * 127.1 + time * 311.7) * 43758.5453
  return x - Math.floor(x)
}

/** Recorded cycles of this many edges, of which one in a hundred fails now and then. */
function recordedCycles(edges: readonly string[], count: number): Run[] {
  const roster = rosterOf(edges, [])
  return Array.from({ length: count }, (_, cycle) => ({
    time: start + cycle * 60_000,
    roster,
    entries: Uint32Array.from(edges, (_, edge) => {
      const isFailing = noise(edge, cycle) < 0.01
      const micros = isFailing ? 1e7 : Math.round(50_000 + 500_000 * noise(edge + 0.5, cycle))
      const judgement = isFailing ? 'fail' : micros < 500_000 ? 'pass_threshold' : 'pass_average'
      const failure = isFailing ? { failure: { cause: 1, tookMs: 20 } } : {}
      return packEntry({ outcome: isFailing ? 'refused' : 'ok', judgement, micros, live: edge < 4, ...failure })
    }),
    killed: false,
    timeoutMicros: 1e7,
    configuration: null,
    circumstances: noCircumstances,
  }))
}

/** One replay in this process: milliseconds, and the most memory that it held. */
function measure(count: number, sweep: readonly string[]): { ms: number; megabytes: number } {
  const names = Array.from({ length: count }, (_, at) => `10.0.${Math.floor(at / 250)}.${(at % 250) + 1}`)
  const network = networkOf(names)
  const runs = recordedCycles(names.sort(), 2 * cycles)
  const found = alternativesOf({ set: [], sweep }, network.settings)
  if ('faults' in found) throw new Error(found.faults.join('; '))
  const today = { edges: network.edges, orders: new Map(), freeze: null, addresses: new Map() }
  const rotations = { told: [], times: [] }
  const [earlier, replayed] = [runs.slice(0, cycles), runs.slice(cycles)]
  const started = performance.now()
  replay({ network, runs: replayed, earlier, rotations, today, alternatives: found.alternatives })
  return { ms: performance.now() - started, megabytes: process.resourceUsage().maxRSS / 1024 }
}

function measured(count: number, ...sweep: string[]): { ms: number; megabytes: number } {
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), String(count), ...sweep]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** The rows of this part. */
export async function replays(): Promise<Row[]> {
  const row = (what: string, value: number, unit: string, target: number | null): Row => {
    return { part: 'replay', what, value, unit, target }
  }
  const hundred = measured(100, 'down_after=2')
  const thousand = measured(1000, 'down_after=2')
  const swept = measured(100, 'down_after=1,2,3,4,5', 'up_after=1,2,3,4,5')
  return [
    row(`${cycles} cycles of 100 edges`, hundred.ms / 1000, 's', 2),
    row(`${cycles} cycles of 1,000 edges`, thousand.ms / 1000, 's', 10),
    row(`${cycles} cycles of 1,000 edges, memory`, thousand.megabytes, 'MB', 400),
    row('a sweep of 25, times that of one', swept.ms / hundred.ms, '×', 10),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [count, ...sweep] = process.argv.slice(2)
  process.stdout.write(JSON.stringify(measure(Number(count), sweep)))
}
