import { canonicalEdge } from '../../core/config/edge-name.ts'
import { aheadMs } from '../../core/domain/limits.ts'
import { historyOf } from '../../core/history/history.ts'
import { type Roster, type Run, rosterOf } from '../../core/history/run.ts'
import { asNames, getText, parseJson } from './chunks.ts'
import { type Corrupt, reportCorrupt } from './corrupt.ts'
import { rosterPrefix, runKey, runPrefix, timeOf } from './keys.ts'
import type { Memory } from './memory.ts'
import type { Item, Rows } from './rows.ts'
import { decodeRun, eraOf, eras, rosterIdOf } from './run-item.ts'

/** Which runs to load, and how often the clock had gone back when STATE was written last. */
export interface RunsWanted {
  /** A key: none before it. */
  readonly from?: string
  /** A key: none after it. */
  readonly to?: string
  /** Left out: the order of their times is wanted, whenever they were recorded. */
  readonly era?: number
}

/** The newest `samples` recorded cycles. `now` in milliseconds. */
export async function loadRuns(
  rows: Rows,
  samples: number,
  now: number,
  corrupt: Corrupt[],
  { from, to: until, era: known }: RunsWanted,
): Promise<Pick<Memory, 'history' | 'reach' | 'rosters' | 'staleAt' | 'era'>> {
  const newest = await rows.list(runPrefix, samples, { from, to: until })
  const tooNew = await tooNewIn(rows, newest, samples, now)
  const ahead = tooNew.map(timeOfRun)
  // What this era recorded lies ahead: the clock has gone back since, and a new one begins.
  const era = ((known ?? 0) + Number(tooNew.some(item => eraOf(item) === known))) % eras
  const to = runKey(now + aheadMs)
  const found =
    ahead.length === 0
      ? newest
      : await rows.list(runPrefix, samples, { from, to: until !== undefined && until < to ? until : to })
  const items = found.filter(item => endOf(item) > now)
  const rosters = new Map<string, Roster>()
  for (const id of new Set(items.flatMap(item => rosterIdOf(item) ?? []))) {
    const roster = await loadRoster(rows, id, corrupt)
    if (roster !== null) rosters.set(id, roster)
  }
  const runs: Run[] = []
  for (const item of items) {
    const run = decodeRun(item, rosters.get(rosterIdOf(item) ?? ''))
    const age = known === undefined || run === null ? 0 : (era - eraOf(item) + eras) % eras
    if (run === null) reportCorrupt(corrupt, item, 'the samples of that cycle are lost')
    else runs.push(age === 0 ? run : { ...run, age })
  }
  const staleAt = Math.min(...items.map(endOf), ...ahead.map(time => time - aheadMs))
  return { history: historyOf(runs, samples), reach: samples, rosters: new Set(rosters.keys()), staleAt, era }
}

/** The recorded cycles that lie ahead, of which the newest `samples` are known: those behind them, too, for who has to know. */
async function tooNewIn(rows: Rows, newest: readonly Item[], samples: number, now: number): Promise<readonly Item[]> {
  const ahead = newest.filter(item => isAhead(timeOfRun(item), now))
  const isAll = samples === 1 || ahead.length < samples
  return isAll ? ahead : rows.list(runPrefix, undefined, { from: runKey(now + aheadMs + 1) })
}

/**
 * Whether a recorded cycle lies so far ahead that it does not count yet: it would be the newest until the clock comes
 * there, and no streak could grow meanwhile (behaviour §3). Milliseconds.
 */
export function isAhead(time: number, now: number): boolean {
  return time > now + aheadMs
}

function timeOfRun(item: Item): number {
  return timeOf(item.sk?.S ?? '')
}

/** The milliseconds from which on an item is as if deleted: the database takes its time with that. */
function endOf(item: Item): number {
  return Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000
}

/** The roster with this id; null, with its items in `corrupt`, where it is missing or cannot be read. */
export async function loadRoster(rows: Rows, id: string, corrupt: Corrupt[]): Promise<Roster | null> {
  const spread = await getText(rows, rosterPrefix + id)
  const roster = parseJson(spread.text, value => {
    const [edges, canaries] = Array.isArray(value) ? value.map(asNames) : []
    return edges && canaries ? rosterOf(edges, canaries) : null
  })
  if (roster?.id === id) return canonicalRoster(roster)
  for (const item of spread.items) reportCorrupt(corrupt, item, 'the samples of the cycles with that roster are lost')
  return null
}

/** The roster as this version names its edges: older ones kept them as they were spelled in the list (behaviour §2.4). */
function canonicalRoster({ edges, canaries, id }: Roster): Roster {
  const names = edges.map(canonicalEdge)
  return names.every((name, at) => name === edges[at]) ? { id, edges, canaries } : rosterOf(names, canaries)
}
