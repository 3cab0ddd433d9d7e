import type { Network } from '../config/network.ts'
import { spanWords } from '../domain/time-words.ts'
import { entryOf } from '../history/history.ts'
import type { Entry, Run } from '../history/run.ts'
import type { Before } from '../state/network-state.ts'
import type { Thresholds } from './check.ts'

/** What a check looks at: the newest recorded cycle is enough. Times in milliseconds. */
export interface CheckInput {
  readonly network: Network
  readonly stored: Before
  /** The start of the last cycle that finished, and how it ended; null if none ever did. */
  readonly lastCycle: number | null
  readonly lastStatus: string | null
  readonly now: number
  readonly thresholds: Thresholds
  /** Edges out of rotation too. */
  readonly all: boolean
}

/** How many run frequencies old the newest cycle may be; an older one says nothing about now. */
const staleAfter = 10

/** The newest recorded cycle, or why it says nothing about now. */
export function usable({ network, stored, now }: CheckInput): Run | string {
  const run = stored.history.runs.at(-1)
  if (run === undefined) return `no cycle of ${network.name} is recorded`
  const age = now - run.time
  if (age <= staleAfter * network.settings.run_frequency * 1000) return run
  return `the last recorded cycle of ${network.name} is ${spanWords(age)} old`
}

/** What a cycle found of each edge of the network that took part in it. */
export function entriesOf(network: Network, run: Run): { readonly edge: string; readonly entry: Entry }[] {
  return network.edges.flatMap(({ name }) => {
    const entry = entryOf(run, 'edge', name)
    return entry === null ? [] : [{ edge: name, entry }]
  })
}
