import type { Network } from '../config/network.ts'
import { spanWords } from '../domain/time-words.ts'
import { livePassing, shortageWords } from '../live-set/live-edges.ts'
import type { Before } from '../state/network-state.ts'
import { liveNames } from './query-rows.ts'

/** What a network's health is told from. Times in milliseconds. */
export interface HealthFacts {
  readonly network: Network
  readonly stored: Before
  /** The start of the last cycle that finished, and how it ended; null if none ever did. */
  readonly lastCycle: number | null
  readonly lastStatus: string | null
  readonly now: number
}

/** How many intervals old the last cycle may be before cycles count as missed. */
const staleIntervals = 3

/** Everything that keeps a network from being well, each a few words; nothing where it serves as it should. */
export function ailmentsOf({ network, stored, lastCycle, lastStatus, now }: HealthFacts): string[] {
  if (lastCycle === null) return ['no cycle has finished yet']
  const short = shortageWords(livePassing(network, stored, liveNames(stored)))
  const isStale = now - lastCycle > staleIntervals * network.settings.run_frequency * 1000
  return [
    ...(isStale ? [`the last cycle started ${spanWords(now - lastCycle)} ago`] : []),
    ...(lastStatus === null || lastStatus === 'ok' ? [] : [`the last cycle ended as ${lastStatus}`]),
    ...(short === null ? [] : [short]),
  ]
}

/** What `/healthz` answers: a line for each network, and whether all are well. */
export function healthOf(facts: readonly HealthFacts[]): { readonly isWell: boolean; readonly text: string } {
  const found = facts.map(one => ({ name: one.network.name, ailments: ailmentsOf(one) }))
  const text = found.map(({ name, ailments }) => `${name}: ${ailments.join('; ') || 'ok'}\n`).join('')
  return { isWell: found.every(({ ailments }) => ailments.length === 0), text }
}
