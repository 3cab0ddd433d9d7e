import type { Settings } from './config/settings.ts'
import { entryOf, type History } from './history.ts'
import type { Participant } from './participants.ts'
import { standingVerdict } from './verdicts.ts'

/** The brake needs as many edges that fail at once, however small the live set. */
const minFreshFailures = 2

/** What the brake makes of a cycle. */
export interface Braking {
  /** Members of the recorded live set that are freshly failing, in the order given. */
  readonly fresh: readonly string[]
  /** Whether the recorded live set is held for them. */
  readonly isBraked: boolean
}

/**
 * Whether more than the share `brake` of the recorded live set, and at least two members, began to fail within the last
 * `brake_cycles` recorded cycles, this one included, and no vantage point has confirmed it (behaviour §10.3). `recorded`:
 * the live set before this cycle; `confirmed`: edges confirmed in this cycle.
 */
export function brakingOf(
  edges: readonly Participant[],
  recorded: readonly string[],
  history: History,
  confirmed: ReadonlySet<string>,
  settings: Pick<Settings, 'brake' | 'brake_cycles'>,
): Braking {
  if (settings.brake === 0) return { fresh: [], isBraked: false }
  const fresh = edges
    .filter(({ name, wasIn, assessed }) => {
      if (!wasIn || assessed.judgement !== 'fail' || confirmed.has(name)) return false
      if (standingVerdict(history, name)?.verdict === 'confirmed') return false
      return earlierFailures(history, name, settings.brake_cycles) + 1 <= settings.brake_cycles
    })
    .map(({ name }) => name)
  return { fresh, isBraked: fresh.length >= minFreshFailures && fresh.length > settings.brake * recorded.length }
}

/** In how many recorded cycles in a row, up to the newest, an edge was judged `fail`, counted no further than `max`. */
function earlierFailures(history: History, edge: string, max: number): number {
  let count = 0
  for (let at = history.runs.length - 1; at >= 0 && count < max; at--) {
    const run = history.runs[at]
    if (run === undefined || entryOf(run, 'edge', edge)?.judgement !== 'fail') break
    count++
  }
  return count
}
