import type { Network } from '../config/network.ts'
import { wantedEdges } from '../config/network.ts'
import { isPassing } from '../domain/model.ts'
import { entryOf } from '../history/history.ts'
import type { Before } from '../state/network-state.ts'

/** How many edges there ought to be in the live set, and how many of those that are in it pass (behaviour §8.6). */
export interface LivePassing {
  readonly passing: number
  readonly wanted: number
  /** Members of the recorded live set. */
  readonly live: number
}

/** The same by the newest recorded cycle; `live`: the recorded live set. */
export function livePassing(
  network: Network,
  { history }: Pick<Before, 'history'>,
  live: readonly string[],
): LivePassing {
  const newest = history.runs.at(-1)
  const passes = (edge: string) => newest !== undefined && isPassing(entryOf(newest, 'edge', edge)?.judgement ?? null)
  return { passing: live.filter(passes).length, wanted: wantedEdges(network), live: live.length }
}

/**
 * What is said of live edges of which fewer pass than are wanted, in words that can stand in any sentence: "1 of 4 wanted live
 * edges passes", "none of the 4 wanted live edges passes"; null where enough pass.
 */
export function shortageWords({ passing, wanted }: Pick<LivePassing, 'passing' | 'wanted'>): string | null {
  if (passing >= wanted) return null
  if (passing > 0) return passingWords(passing, wanted)
  return wanted === 1 ? 'the live edge does not pass' : `none of the ${wanted} wanted live edges passes`
}

/** "1 of 4 wanted live edges passes", "3 of 4 wanted live edges pass". */
export function passingWords(passing: number, wanted: number): string {
  return `${passing} of ${wanted} wanted live edges ${passing === 1 ? 'passes' : 'pass'}`
}
