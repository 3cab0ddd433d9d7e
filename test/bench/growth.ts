/** Deciding at size, and how each step grows with edges, samples, zones and networks (issue: speed, growth). */
import { configFolder } from '../../functions/adapters/files/config-folder.ts'
import { runKey } from '../../functions/adapters/table/keys.ts'
import { encodeRun } from '../../functions/adapters/table/run-item.ts'
import { readTemplates } from '../../functions/app/templates.ts'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import { decide } from '../../functions/core/decision/decide.ts'
import { historyOf } from '../../functions/core/history/history.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Before } from '../../functions/core/state/network-state.ts'
import { loadAll } from '../../functions/cycle/load-all.ts'
import { configurationFolder } from '../helpers/configuration.ts'
import { stateBefore } from '../helpers/core.ts'
import { networkOf, probeOf, settingsOf, zoneOf } from '../helpers/world.ts'
import { addressesOf } from './farm.ts'
import { exponentRow, grown } from './grown.ts'
import { median } from './statistics.ts'
import type { Row } from './table.ts'

/** Characters of the longest name that a network may have. */
const longestName = 40
const now = Date.UTC(2026, 0, 15)
const templates = readTemplates()

/** This many cycles of this many edges, a minute apart. */
export function runsOf(names: readonly string[], cycles: number, until = now): Run[] {
  const roster = rosterOf(names, [])
  const entry = (at: number) =>
    packEntry({ outcome: 'ok', judgement: 'pass_threshold', micros: 100_000 + ((at * 7919) % 90_000), live: at < 4 })
  return Array.from({ length: cycles }, (_, at) => ({
    ...{
      time: until - (cycles - at) * 60_000,
      roster,
      killed: false,
      timeoutMicros: 10_000_000,
      configuration: null,
      circumstances: noCircumstances,
    },
    entries: Uint32Array.from(names, (_name, member) => entry(member + at)),
  }))
}

function decideAt(edges: number, samples: number, zones: number): () => unknown {
  const names = addressesOf(edges).sort()
  const live = names.slice(0, 4)
  const record = { serial: 1, hash: 'published', due: false, orphaned: false }
  const records = new Map(Array.from({ length: zones }, (_, at) => [`zone${at}.example`, record]))
  const before: Before = stateBefore({ live, zones: records, history: historyOf(runsOf(names, samples), 2000) })
  const probing = {
    edges: new Map(names.map(name => [name, probeOf('ok', 0.1, name)])),
    ...{ canaries: new Map(), killed: false, blind: false },
  }
  return () => {
    // Zones anew: nothing is remembered of them.
    const sources = Array.from({ length: zones }, (_, at) => zoneOf(`zone${at}.example`, 'mail IN A 192.0.2.25\n'))
    const network = networkOf(names, { settings: settingsOf({ edge_count: 4 }), zones: sources })
    return decide({ network, before, probing, templates, now, readBack: new Map(), forceUpdate: false })
  }
}

function timed(work: () => unknown, rounds = 15): number {
  const times = Array.from({ length: rounds + 5 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return median(times.slice(5))
}

function loadNetworks(networks: number): () => unknown {
  const folder = configurationFolder(Array.from({ length: networks }, (_, at) => `net${at}`))
  const load = () => loadConfiguration(configFolder(folder.path), { absolutePaths: 'warning' })
  process.on('exit', folder.remove)
  return load
}

const thousand = () => addressesOf(1000)

const measures: readonly {
  title: string
  x: string
  sizes: readonly number[]
  work: (size: number) => () => unknown
}[] = [
  { title: 'deciding', x: 'edges (300 samples each)', sizes: [100, 300, 1000, 3000], work: n => decideAt(n, 300, 1) },
  {
    title: 'deciding, by history',
    x: 'samples of 1,000 edges',
    sizes: [20, 200, 1000, 2000],
    work: n => decideAt(1000, n, 1),
  },
  {
    ...{ title: 'summing the history', x: 'samples of 1,000 edges', sizes: [20, 200, 1000, 2000] },
    work: n => {
      const runs = runsOf(thousand(), n)
      return () => historyOf(runs, 2000)
    },
  },
  { title: 'rendering', x: 'zones', sizes: [100, 1000, 3000, 10_000], work: n => decideAt(4, 1, n) },
  { title: 'reading the configuration', x: 'networks', sizes: [1, 4, 16, 64], work: loadNetworks },
]

/** Every growth as a row, with its chart; `brief`: of its two smallest sizes and without a chart, to see that it can be measured. */
export async function growth(brief = false): Promise<Row[]> {
  await loadAll()
  const deciding = timed(decideAt(1000, 2000, 1))
  const rows: Row[] = [
    { part: 'deciding', what: '1,000 edges × 2,000 samples', value: deciding, unit: 'ms', target: 20 },
    { ...historyBytes(), part: 'deciding', unit: 'bytes' },
  ]
  for (const { title, x, sizes, work } of measures) {
    const measured = brief ? sizes.slice(0, 2) : sizes
    const points = measured.map(size => [size, timed(work(size), size >= 3000 ? 3 : 9)] as const)
    rows.push(brief ? exponentRow(title, x, points) : grown(title, x, points))
  }
  return rows
}

/** What a cycle of 1,000 edges writes of its history beyond 4 bytes a probe, as DynamoDB counts it: keys and names included. */
function historyBytes(): Pick<Row, 'what' | 'value' | 'target'> {
  const [run] = runsOf(thousand(), 1)
  const item = run === undefined ? {} : encodeRun(run, 1_800_000_000)
  const packed = 'r'.length + Number(item.r?.B?.length)
  // A number takes a byte for two digits, and one more.
  const ttl = 'ttl'.length + 1 + Math.ceil(Number(item.ttl?.N?.length) / 2)
  const keys = 'pk'.length + 'NETWORK#'.length + longestName + 'sk'.length + runKey(now).length
  return { what: 'history written per cycle beyond 4 per probe', value: packed + ttl + keys - 4000, target: 100 }
}
