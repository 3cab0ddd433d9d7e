import { isFailure, type Judgement } from '../domain/model.ts'
import { entryOf, type History, type Kind } from './history.ts'
import type { Run } from './run.ts'

/** How an edge or canary stood before this cycle: its judgement, and how many of its last probes went alike. */
export interface Streak {
  /** Null if never judged, or if it was missing from the newest recorded cycle (behaviour §2.4). */
  readonly judgement: Judgement | null
  /** Failed probes in a row up to now, counted no further than `most`. */
  readonly failures: number
  /** Good probes in a row up to now, counted no further than `most`. */
  readonly successes: number
}

/** The standing that the newest runs give; skipped probes leave everything as it was (behaviour §1.9). */
export function streakOf(history: History, kind: Kind, name: string, most: number): Streak {
  let judgement: Judgement | null = null
  let failures = 0
  let successes = 0
  for (let at = history.runs.length - 1; at >= 0; at--) {
    const entry = entryOf(history.runs[at] as Run, kind, name)
    if (entry === null) break
    if (at === history.runs.length - 1) judgement = entry.judgement
    if (entry.outcome === 'skipped') continue
    if (isFailure(entry.outcome)) {
      if (successes > 0) break
      failures++
    } else {
      if (failures > 0) break
      successes++
    }
    if (failures + successes >= most) break
  }
  return { judgement, failures, successes }
}
