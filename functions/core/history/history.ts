import type { Settings } from '../config/settings.ts'
import { byName } from '../domain/model.ts'
import { addSamples, placeOf, type Roster, type Run, sampleIn, unpackEntry } from './run.ts'
import { byTime, inOrder, isByTime, sharing } from './run-order.ts'
import { noSamples, type Total } from './total.ts'

/** Edges and canaries keep their samples apart, even under one address (behaviour §2.4). */
export type Kind = 'edge' | 'canary'

/** The kept runs of a network in the order in which they were recorded, oldest first, and the running totals of everyone in them. */
export interface History {
  readonly runs: readonly Run[]
  readonly edges: ReadonlyMap<string, Total>
  readonly canaries: ReadonlyMap<string, Total>
  /** Where it is given, nothing is added up from `runs` and the totals: for those who go through many cycles in turn. */
  readonly sums?: Sums
}

/** The sums that a history's kept runs give, kept up to date from cycle to cycle. */
export interface Sums {
  /** The total of all kept samples. */
  readonly all: (kind: Kind, name: string) => Total
  /** The total of the kept samples of the last `windowSeconds` seconds before the cycle in question. */
  readonly window: (kind: Kind, name: string, windowSeconds: number) => Total
}

export const emptyHistory: History = { runs: [], edges: new Map(), canaries: new Map() }

/** Skipped probes do not end a streak (behaviour §1.9): to count one, this many times its length is looked at. */
const skippedTimes = 10

/** How many runs to look back on: all kept samples, and the longest streak that judging counts (behaviour §2, §3). */
export function runsToRead(settings: Pick<Settings, 'history' | 'down_after' | 'up_after'>): number {
  const { history, down_after, up_after } = settings
  return Math.max(history.samples, skippedTimes * Math.max(down_after, up_after))
}

/**
 * The history of only the newest `keep` runs (behaviour §2.1). The input is unchanged, and the answer where it fits or
 * where it keeps its own sums, which are those of the kept runs already.
 */
export function trimHistory(history: History, keep: number): History {
  if (history.sums !== undefined || history.runs.length <= keep) return history
  const dropped = new Set(byTime(history.runs).slice(0, history.runs.length - keep))
  const totals = { edge: new Map(history.edges), canary: new Map(history.canaries) }
  for (const run of dropped) addRun(totals, run, -1)
  return { runs: history.runs.filter(run => !dropped.has(run)), edges: totals.edge, canaries: totals.canary }
}

/** The history as it was before its newest run; the input is unchanged. */
export function withoutNewest(history: History): History {
  const newest = history.runs.at(-1)
  const runs = history.runs.slice(0, -1)
  if (newest === undefined || history.sums !== undefined) return historyOf(runs, Math.max(1, runs.length))
  const totals = { edge: new Map(history.edges), canary: new Map(history.canaries) }
  addRun(totals, newest, -1)
  return { runs, edges: totals.edge, canaries: totals.canary }
}

/** The history with one more run, of which the newest `keep` (at least 1) are kept. The input is unchanged. */
export function appendRun(history: History, run: Run, keep: number): History {
  const newest = history.runs.at(-1)
  // A forced run may be overtaken by one that started later: in the table it stands before that one, and so it does here.
  if (newest !== undefined && inOrder(run, newest) < 0) return historyOf([...history.runs, run], keep)
  const trimmed = trimHistory(history, keep - 1)
  const totals = { edge: new Map(trimmed.edges), canary: new Map(trimmed.canaries) }
  addRun(totals, run, 1)
  return { runs: [...trimmed.runs, sharing(run, newest)], edges: totals.edge, canaries: totals.canary }
}

/** The history of these runs (any order), of which the newest `keep` are kept. */
export function historyOf(runs: readonly Run[], keep: number): History {
  const kept = [...runs]
    .sort((a, b) => a.time - b.time)
    .slice(-keep)
    .sort(inOrder)
  const edges = new Map<string, Total>()
  const canaries = new Map<string, Total>()
  for (const [roster, runs] of byRoster(kept)) addTotals({ edge: edges, canary: canaries }, roster, runs)
  return { runs: kept, edges, canaries }
}

function byRoster(runs: readonly Run[]): Map<Roster, Run[]> {
  const groups = new Map<Roster, Run[]>()
  for (const run of runs) {
    const group = groups.get(run.roster)
    if (group === undefined) groups.set(run.roster, [run])
    else group.push(run)
  }
  return groups
}

/** Adds all runs of one roster by place and not by name: 2,000 cycles of 1,000 edges are two million samples. */
function addTotals(totals: Totals, roster: Roster, runs: readonly Run[]): void {
  const members = [
    ...roster.edges.map(name => ({ map: totals.edge, name })),
    ...roster.canaries.map(name => ({ map: totals.canary, name })),
  ]
  const sums = new Float64Array(members.length)
  const counts = new Uint32Array(members.length)
  for (const run of runs) addSamples(run, sums, counts)
  members.forEach(({ map, name }, at) => {
    const old = map.get(name) ?? noSamples
    const count = old.count + Number(counts[at])
    if (count > 0) map.set(name, { sumMicros: old.sumMicros + Number(sums[at]), count })
  })
}

type Totals = Record<Kind, Map<string, Total>>

function addRun(totals: Totals, run: Run, sign: 1 | -1): void {
  run.roster.edges.forEach((name, at) => {
    addEntry(totals.edge, name, sampleIn(run.entries[at], run.timeoutMicros), sign)
  })
  run.roster.canaries.forEach((address, at) => {
    const word = run.entries[run.roster.edges.length + at]
    addEntry(totals.canary, address, sampleIn(word, run.timeoutMicros), sign)
  })
}

function addEntry(totals: Map<string, Total>, name: string, micros: number | null, sign: 1 | -1): void {
  if (micros === null) return
  const old = totals.get(name) ?? noSamples
  const count = old.count + sign
  if (count === 0) totals.delete(name)
  else totals.set(name, { sumMicros: old.sumMicros + sign * micros, count })
}

/** The totals of all kept samples of one edge or canary. */
export function totalOf(history: History, kind: Kind, name: string): Total {
  if (history.sums !== undefined) return history.sums.all(kind, name)
  return (kind === 'edge' ? history.edges : history.canaries).get(name) ?? noSamples
}

/** The total of the kept samples with `now − t ≤ windowSeconds` (behaviour §2.2). */
export function windowTotal(history: History, kind: Kind, name: string, now: number, windowSeconds: number): Total {
  if (history.sums !== undefined) return history.sums.window(kind, name, windowSeconds)
  let [sumMicros, count] = [0, 0]
  for (let at = history.runs.length - 1; at >= 0; at--) {
    const run = history.runs[at] as Run
    if (now - run.time > windowSeconds * 1000) {
      if (isByTime(history.runs)) break
      continue
    }
    const micros = sampleIn(run.entries[placeOf(run.roster, kind, name)], run.timeoutMicros)
    if (micros === null) continue
    sumMicros += micros
    count++
  }
  return { sumMicros, count }
}

/** What a run holds of one edge or canary; null if it was not in the run's roster. */
export function entryOf(run: Run, kind: Kind, name: string) {
  const word = run.entries[placeOf(run.roster, kind, name)]
  return word === undefined ? null : unpackEntry(word, run.timeoutMicros)
}

/** The live set that a cycle left; sorted. */
export function liveIn(run: Run): string[] {
  return run.roster.edges.filter(edge => entryOf(run, 'edge', edge)?.live === true).sort(byName)
}
