import { noSamples, type Sums, type Total } from '../history/history.ts'
import { type Roster, type Run, sampleIn } from '../history/run.ts'

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

/** Sums for the edges of these rosters and for these windows (seconds), with no cycle in them. */
export function runningSums(rosters: readonly Roster[], windows: readonly number[]): RunningSums {
  const ids = new Map<string, number>()
  for (const { edges } of rosters) for (const edge of edges) if (!ids.has(edge)) ids.set(edge, ids.size)
  const members = new Map(rosters.map(({ id, edges }) => [id, Int32Array.from(edges, edge => Number(ids.get(edge)))]))
  const ledgerOf = (windowSeconds: number): Ledger => {
    return {
      windowSeconds,
      sums: new Float64Array(ids.size),
      counts: new Int32Array(ids.size),
      from: 0,
      totals: new Map(),
    }
  }
  const whole = ledgerOf(Number.POSITIVE_INFINITY)
  const byWindow = new Map([...new Set(windows)].map(window => [window, ledgerOf(window)]))
  const ledgers = [whole, ...byWindow.values()]
  const runs: { readonly run: Run; readonly endsAt: number }[] = []
  let expired = 0
  const count = (ledger: Ledger, { roster, entries, timeoutMicros }: Run, sign: 1 | -1) => {
    const places = members.get(roster.id) as Int32Array
    ledger.totals.clear()
    for (let at = 0; at < places.length; at++) {
      const micros = sampleIn(entries[at], timeoutMicros)
      if (micros === null) continue
      const id = Number(places[at])
      ledger.sums[id] = Number(ledger.sums[id]) + sign * micros
      ledger.counts[id] = Number(ledger.counts[id]) + sign
    }
  }
  const totalIn = ({ sums, counts, totals }: Ledger, name: string): Total => {
    const known = totals.get(name)
    if (known !== undefined) return known
    const id = ids.get(name) ?? -1
    const found = counts[id] ?? 0
    const total = found === 0 ? noSamples : { sumMicros: Number(sums[id]), count: found }
    totals.set(name, total)
    return total
  }
  return {
    all: (_kind, name) => totalIn(whole, name),
    window: (_kind, name, windowSeconds) => totalIn(byWindow.get(windowSeconds) as Ledger, name),
    moveTo: (now, samples) => {
      while (expired < runs.length && Number(runs[expired]?.endsAt) <= now) expired++
      const kept = Math.max(expired, runs.length - samples)
      for (const ledger of ledgers) {
        while (ledger.from < runs.length) {
          const { run } = runs[ledger.from] as { run: Run }
          if (ledger.from >= kept && now - run.time <= ledger.windowSeconds * 1000) break
          count(ledger, run, -1)
          ledger.from++
        }
      }
      return expired
    },
    add: (run, seconds) => {
      // In whole seconds, as the table keeps it.
      runs.push({ run, endsAt: Math.ceil(run.time / 1000 + seconds) * 1000 })
      for (const ledger of ledgers) count(ledger, run, 1)
    },
  }
}
