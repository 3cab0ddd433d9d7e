import type { Sums } from '../history/history.ts'
import { type Roster, type Run, sampleIn } from '../history/run.ts'
import { noSamples, type Total } from '../history/total.ts'

/** Running sums of the edges' samples over cycles that pass one after another. */
export interface RunningSums extends Sums {
  /**
   * Comes to a cycle at `now` (milliseconds) of which `samples` earlier ones are kept; the cycles before it have been
   * added. Answers how many of them are too old to be read at all.
   */
  readonly moveTo: (now: number, samples: number) => number
  readonly add: (run: Run, keptSeconds: number) => void
}

interface Ledger {
  readonly windowSeconds: number
  readonly sums: Float64Array
  readonly counts: Int32Array
  /** The first cycle that counts. */
  from: number
  /** Totals that were asked for since the sums changed: every policy asks for them. */
  readonly totals: Map<string, Total>
}

/** The place of every edge in the sums: by name, and by roster in the order of its edges. */
interface Places {
  readonly ids: ReadonlyMap<string, number>
  readonly byRoster: ReadonlyMap<string, Int32Array>
}

/** Sums for the edges of these rosters and for these windows (seconds), with no cycle in them. */
export function runningSums(rosters: readonly Roster[], windows: readonly number[]): RunningSums {
  const places = placesIn(rosters)
  const ledger = (windowSeconds: number) => emptyLedger(windowSeconds, places.ids.size)
  const whole = ledger(Number.POSITIVE_INFINITY)
  const byWindow = new Map([...new Set(windows)].map(window => [window, ledger(window)]))
  const ledgers = [whole, ...byWindow.values()]
  const runs: { readonly run: Run; readonly endsAt: number }[] = []
  let expired = 0
  return {
    all: (_kind, name) => totalIn(whole, places, name),
    window: (_kind, name, windowSeconds) => totalIn(byWindow.get(windowSeconds) as Ledger, places, name),
    moveTo: (now, samples) => {
      while (expired < runs.length && Number(runs[expired]?.endsAt) <= now) expired++
      const kept = Math.max(expired, runs.length - samples)
      for (const ledger of ledgers) {
        while (ledger.from < runs.length) {
          const { run } = runs[ledger.from] as { run: Run }
          if (ledger.from >= kept && now - run.time <= ledger.windowSeconds * 1000) break
          count(ledger, places, run, -1)
          ledger.from++
        }
      }
      return expired
    },
    add: (run, seconds) => {
      // In whole seconds, as the table keeps it.
      runs.push({ run, endsAt: Math.ceil(run.time / 1000 + seconds) * 1000 })
      for (const ledger of ledgers) count(ledger, places, run, 1)
    },
  }
}

function placesIn(rosters: readonly Roster[]): Places {
  const ids = new Map<string, number>()
  for (const { edges } of rosters) for (const edge of edges) if (!ids.has(edge)) ids.set(edge, ids.size)
  const byRoster = rosters.map(({ id, edges }) => [id, Int32Array.from(edges, edge => Number(ids.get(edge)))] as const)
  return { ids, byRoster: new Map(byRoster) }
}

function emptyLedger(windowSeconds: number, size: number): Ledger {
  return { windowSeconds, sums: new Float64Array(size), counts: new Int32Array(size), from: 0, totals: new Map() }
}

function count(ledger: Ledger, { byRoster }: Places, { roster, entries, timeoutMicros }: Run, sign: 1 | -1): void {
  const places = byRoster.get(roster.id) as Int32Array
  ledger.totals.clear()
  for (let at = 0; at < places.length; at++) {
    const micros = sampleIn(entries[at], timeoutMicros)
    if (micros === null) continue
    const id = Number(places[at])
    ledger.sums[id] = Number(ledger.sums[id]) + sign * micros
    ledger.counts[id] = Number(ledger.counts[id]) + sign
  }
}

function totalIn({ sums, counts, totals }: Ledger, { ids }: Places, name: string): Total {
  const known = totals.get(name)
  if (known !== undefined) return known
  const id = ids.get(name) ?? -1
  const found = counts[id] ?? 0
  const total = found === 0 ? noSamples : { sumMicros: Number(sums[id]), count: found }
  totals.set(name, total)
  return total
}
