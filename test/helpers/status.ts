import { readdirSync, readFileSync } from 'node:fs'
import type { Network } from '../../functions/core/config/network.ts'
import { type FailedOutcome, type Judgement, judgements } from '../../functions/core/domain/model.ts'
import { historyOf } from '../../functions/core/history/history.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Rotation } from '../../functions/core/live-set/rotation.ts'
import { defaultSpans, type StatusFacts } from '../../functions/core/status-page/facts.ts'
import type { StatusTemplates } from '../../functions/core/status-page/markup.ts'
import { now, order, orders, stateBefore, zoneRecord } from './core.ts'
import { networkOf, settingsOf, zoneOf } from './world.ts'

/** The project's own templates of the status page. */
export function statusTemplates(): StatusTemplates {
  const folder = new URL('../../templates/', import.meta.url)
  const read = (path: string) => readFileSync(new URL(path, folder), 'utf8')
  const names = readdirSync(new URL('status/', folder)).map(file => file.replace(/\.hbs$/, ''))
  return { page: read('status.hbs'), parts: Object.fromEntries(names.map(name => [name, read(`status/${name}.hbs`)])) }
}

/** How an edge fares: its usual seconds, and since how many cycles it fails and how. */
interface Fate {
  readonly seconds: number
  readonly failing: number
  readonly how: FailedOutcome
}

const failures: readonly FailedOutcome[] = [
  'timeout',
  'refused',
  'verify_failed',
  'bad_status',
  'tls_error',
  'dns_error',
]

function fateOf(at: number): Fate {
  const how = failures[at % failures.length] as FailedOutcome
  if (at === 3) return { seconds: 0.12, failing: 2, how }
  if (at % 7 === 3) return { seconds: 0.12, failing: 5 + at * 9, how }
  return { seconds: at % 5 === 4 ? 0.62 : 0.06 + (at % 4) * 0.05, failing: 0, how }
}

/** A number from 0 to 1 that looks random and is always the same. */
function noise(at: number, time: number): number {
  const x = Math.sin(at * 127.1 + time * 311.7) * 43758.5453
  return x - Math.floor(x)
}

function entryAt(at: number, ago: number, live: boolean): number {
  const { seconds, failing, how } = fateOf(at)
  const fails = ago < failing || noise(at + 0.5, ago) > 0.996
  const micros = fails ? 10_000_000 : Math.round(seconds * 1e6 * (0.8 + 0.5 * noise(at, ago)))
  const isWavering = fails && at === 3
  const judgement: Judgement =
    fails && !isWavering ? 'fail' : micros < 500_000 || isWavering ? 'pass_threshold' : (judgements[3] as Judgement)
  const failure = fails ? { failure: { cause: 0, tookMs: 0 } } : {}
  return packEntry({ outcome: fails ? how : 'ok', judgement, micros, live, ...failure })
}

/** The facts of a network of this many edges with full history: most are well, some fail in all possible ways. */
export function factsOf(count: number, changes: Partial<Network> = {}, cycles = 2000): StatusFacts {
  const edges = Array.from({ length: count }, (_, at) => `edge${at + 1}.example.net`).sort()
  const canary = '192.0.2.201'
  const network = networkOf(edges, {
    name: 'mynet',
    settings: settingsOf({ edge_count: Math.min(4, Math.max(1, count)), goodenough: 0.5, down_after: 3 }),
    zones: ['example.com', 'example.net', 'example.org'].map(name => zoneOf(name)),
    canaries: count === 0 ? [] : [{ zone: 'example.com', address: canary }],
    ...changes,
  })
  const live = edges.slice(0, network.settings.edge_count)
  const roster = rosterOf(edges, count === 0 ? [] : [canary])
  const runs: Run[] = Array.from({ length: count === 0 ? 0 : cycles }, (_, n) => {
    const ago = cycles - 1 - n
    const entries = edges.map((_, at) => entryAt(at, ago, at < live.length && (ago < 1500 || at > 0)))
    return {
      time: now - ago * 60_000,
      roster,
      entries: Uint32Array.from([...entries, entryAt(1, ago, false)]),
      killed: false,
      timeoutMicros: 10_000_000,
      configuration: null,
      circumstances: noCircumstances,
    }
  })
  const rotation: Rotation = {
    time: now - 5_400_000,
    in: [
      {
        edge: edges[0] ?? '',
        reason: '0.09 s, under goodenough (0.5 s); takes a free place; replaces edge9.example.net',
      },
    ],
    out: [
      {
        edge: 'edge9.example.net',
        reason: 'refused 3 times in 0.2 s; out while it fails; replaced by edge1.example.net',
      },
    ],
  }
  const stored = stateBefore({
    live,
    rotations: [now - 5_400_000],
    history: historyOf(runs, 2000),
    addresses: new Map(edges.map((edge, at) => [edge, { known: `192.0.2.${at % 250}`, published: null }])),
    orders:
      edges.length < 6
        ? new Map()
        : orders(
            order(edges[5] as string, 'unavailable', {
              by: 'ops',
              comment: 'disk <script>alert(1)</script>',
              expires: now + 5_400_000,
            }),
          ),
    zones: new Map([
      ['example.com', zoneRecord({ serial: 1767268800, hash: 'h' })],
      ['example.net', zoneRecord({ serial: 1767268801, hash: 'h', due: true })],
      ['old.example', zoneRecord({ serial: 1767000000, hash: 'h', orphaned: true })],
    ]),
  })
  return {
    network,
    stored,
    lastCycle: count === 0 ? null : now,
    lastStatus: 'ok',
    rotations: count === 0 ? [] : [rotation],
    now: now + 25_000,
    spans: defaultSpans(now + 25_000),
  }
}
