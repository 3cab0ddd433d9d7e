import { entryOf } from '../history/history.ts'
import type { Run } from '../history/run.ts'
import type { KnownAddress } from '../state/network-state.ts'

type Known = ReadonlyMap<string, string>

/**
 * For each cycle (ascending), the addresses of the edges that are host names, as they were known after it. Cycles keep
 * only what changed: what held before the first change that is known is taken from `now` (the addresses known today), or
 * else from that change, for edges that were reached before it.
 */
export function addressesByCycle(
  runs: readonly Run[],
  isHost: (edge: string) => boolean,
  now: ReadonlyMap<string, KnownAddress>,
): Known[] {
  let known: Known = assumedAtFirst(runs, isHost, now)
  return runs.map(run => {
    const changes = run.circumstances?.addresses
    if (changes !== undefined && changes.size > 0) known = new Map([...known, ...changes])
    return known
  })
}

function assumedAtFirst(
  runs: readonly Run[],
  isHost: (edge: string) => boolean,
  now: ReadonlyMap<string, KnownAddress>,
) {
  const assumed = new Map<string, string>()
  const reached = new Set<string>()
  const settled = new Set<string>()
  for (const run of runs) {
    for (const edge of run.roster.edges) {
      if (settled.has(edge) || !isHost(edge)) continue
      const change = run.circumstances?.addresses.get(edge)
      if (change !== undefined) {
        if (reached.has(edge)) assumed.set(edge, change)
        settled.add(edge)
      } else if (wasReached(run, edge)) reached.add(edge)
    }
  }
  for (const edge of reached) {
    const address = now.get(edge)?.known ?? null
    if (!settled.has(edge) && address !== null) assumed.set(edge, address)
  }
  return assumed
}

/** Whether an edge had an address in this cycle: it was reached, or it was live. */
function wasReached(run: Run, edge: string): boolean {
  const entry = entryOf(run, 'edge', edge)
  if (entry === null) return false
  return entry.live || (entry.outcome !== 'dns_error' && entry.outcome !== 'skipped')
}
