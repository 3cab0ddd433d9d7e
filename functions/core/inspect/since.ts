import { entryOf, type Kind } from '../history/history.ts'
import type { Entry, Run } from '../history/run.ts'

/** Since when something is as it is. */
export interface Since {
  /** Milliseconds: the first cycle that found it so. */
  readonly time: number
  /** Recorded cycles in a row, the newest included. */
  readonly cycles: number
  /** It was so in the oldest cycle that is known: it may have been so for longer. */
  readonly isOpen: boolean
}

/**
 * Since when the entries of an edge or canary are alike in what `aspect` tells of them; null where the newest cycle has
 * none. An edge that was missing from a cycle begins again (behaviour §2.4). `runs`: oldest first.
 */
export function sinceOf(
  runs: readonly Run[],
  kind: Kind,
  name: string,
  aspect: (entry: Entry) => unknown,
): Since | null {
  let found: Since | null = null
  let newest: unknown
  for (let at = runs.length - 1; at >= 0; at--) {
    const run = runs[at] as Run
    const entry = entryOf(run, kind, name)
    if (entry === null) break
    const seen = aspect(entry)
    if (found !== null && seen !== newest) break
    newest = seen
    found = { time: run.time, cycles: runs.length - at, isOpen: at === 0 }
  }
  return found
}
