import { decodeRun } from '../../../functions/adapters/table/run-item.ts'
import { aheadMs } from '../../../functions/core/domain/limits.ts'
import { unpackEntry } from '../../../functions/core/history/run.ts'
import type { Item } from '../neighbours/dynamodb/expression.ts'
import type { Store } from '../neighbours/dynamodb/store.ts'
import type { Run } from '../world/run.ts'
import type { Fail } from './publishing.ts'
import { rosterOfRun } from './roster.ts'

/** One recorded cycle, as it has to stay. */
export interface Kept {
  readonly time: number
  readonly bytes: string
  /** Seconds. */
  readonly ttl: number
  /** By edge: its sample in microseconds. */
  readonly micros: ReadonlyMap<string, number>
}

/** Looks at a run's samples as they are stored: they are what the prober was told. */
export function keepSamples(run: Run, item: Item, kept: Kept[], fail: Fail): void {
  const roster = rosterOfRun(run)
  const decoded = decodeRun(item, roster)
  if (decoded === null) {
    fail('samples can be read again', `at ${run.startedAt}`)
    return
  }
  const bytes = Buffer.from(item.r?.B ?? []).toString('hex')
  const same = kept.find(({ time }) => time === decoded.time)
  if (same !== undefined) {
    if (same.bytes !== bytes) fail('samples stay as they are', `at ${run.startedAt}`)
    return
  }
  const timeout = run.network.settings.timeout * 1e6
  const micros = new Map<string, number>()
  for (const [at, edge] of roster.edges.entries()) {
    const entry = unpackEntry(decoded.entries[at] ?? 0, decoded.timeoutMicros)
    const probe = run.probes.get(edge)
    if (entry === null || entry.outcome === 'skipped') continue
    const expected = probe?.outcome === 'ok' ? probe.fetchMicros : timeout
    if (entry.outcome !== probe?.outcome || entry.micros !== expected)
      fail('a sample is what the probe gave', `${edge}: ${JSON.stringify({ entry, probe })}`)
    micros.set(edge, entry.micros)
  }
  kept.push({ time: decoded.time, bytes, ttl: Number(item.ttl?.N), micros })
  kept.sort((a, b) => a.time - b.time)
}

/** No recorded sample is lost or changed before its time (behaviour §2.4, §8.4). */
export function checkSamplesAreKept(store: Store, kept: readonly Kept[], now: number, fail: Fail): void {
  const held = new Map(
    store
      .items()
      .flatMap(item => (item.sk?.S?.startsWith('RUN#') ? [[Number(item.sk.S.slice(4)), item] as const] : [])),
  )
  for (const { time, bytes, ttl } of kept) {
    if (ttl * 1000 <= now) continue
    const found = held.get(time)
    if (found === undefined) fail('no sample is lost', `those of ${new Date(time).toISOString()}`)
    else if (Buffer.from(found.r?.B ?? []).toString('hex') !== bytes) fail('samples stay as they are', `at ${time}`)
  }
}

/** What bears on which samples are kept, besides the run's own clock. */
export interface Clocks {
  /** Milliseconds: the database deletes by a clock of its own. */
  readonly trueNow: number
  readonly wasClockSet: boolean
}

/** The averages of a report are those of the kept samples, whoever computed them (behaviour §2.1, §2.2). */
export function checkAverages(run: Run, all: readonly Kept[], { trueNow, wasClockSet }: Clocks, fail: Fail): void {
  // What is dated far ahead does not count, and what a clock dated long ago may be deleted at any time.
  const kept = all.filter(({ time }) => time <= run.startedAt + aheadMs)
  if (wasClockSet && kept.some(({ ttl }) => ttl * 1000 <= Math.max(trueNow, run.startedAt))) return
  const { samples: most, window } = run.network.settings.history
  // Who was overtaken has the others' later samples beside its own.
  if (Number(kept.at(-1)?.time) > run.startedAt) return
  const newest = kept
    .filter(({ time }) => time <= run.startedAt)
    .slice(-most)
    .filter(({ ttl }) => ttl * 1000 > run.startedAt)
  if (newest.at(-1)?.time !== run.startedAt) return
  for (const row of run.report?.edges ?? []) {
    const samples = newest.flatMap(one => one.micros.get(row.edge) ?? [])
    const recent = newest
      .filter(({ time }) => run.startedAt - time <= window * 1000)
      .flatMap(one => one.micros.get(row.edge) ?? [])
    for (const [found, expected] of [
      [row.average, samples],
      [row.windowAverage, recent],
    ] as const) {
      const mean = expected.length === 0 ? null : expected.reduce((a, b) => a + b, 0) / expected.length / 1e6
      if (mean === null ? found !== null : found === null || Math.abs(found - mean) > 1e-9)
        fail('averages are those of the kept samples', `${row.edge}: ${found} instead of ${mean}`)
    }
  }
}
