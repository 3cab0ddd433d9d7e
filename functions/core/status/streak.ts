import { entryOf, type History, type Kind } from '../history.ts'
import type { Entry, Run } from '../run.ts'

/** Since when something holds. */
export interface Since {
  /** Milliseconds: the oldest recorded cycle in which it held, up to now. */
  readonly time: number
  /** Whether the history begins with it: it may have held for longer. */
  readonly atLeast: boolean
}

/** Since when an edge or canary is as it is by this test; null if it is not, or was never seen. */
export function streakOf(history: History, kind: Kind, name: string, holds: (entry: Entry) => boolean): Since | null {
  let since: number | null = null
  for (let at = history.runs.length - 1; at >= 0; at--) {
    const run = history.runs[at] as Run
    const entry = entryOf(run, kind, name)
    if (entry === null || !holds(entry)) return since === null ? null : { time: since, atLeast: false }
    since = run.time
  }
  return since === null ? null : { time: since, atLeast: true }
}
