import { livePassing, shortageWords } from '../live-set/live-edges.ts'
import { type Checked, statusOf, unknown, worstOf } from './check.ts'
import { type CheckInput, usable } from './check-input.ts'
import { liveNames } from './query-rows.ts'
import { secondSightOf, secondSightWords } from './second-sight.ts'

/**
 * How many live edges pass (behaviour §8.6): none is critical, fewer than wanted a warning, and so are a brake that holds and a
 * last cycle that did not end well, which may have seen otherwise and not recorded it.
 */
export function live(input: CheckInput): Checked {
  const run = usable(input)
  if (typeof run === 'string') return unknown(run)
  const { network, stored, lastStatus, thresholds } = input
  const counts = livePassing(network, stored, liveNames(stored))
  const { passing, wanted } = counts
  const enough = `${passing} of ${counts.live} live ${counts.live === 1 ? 'edge passes' : 'edges pass'}`
  const figures = [
    { name: 'passing', value: passing, unit: '' as const, thresholds },
    { name: 'wanted', value: wanted, unit: '' as const, thresholds: null },
  ]
  const sight = secondSightOf(stored, network.settings)
  const words = secondSightWords(sight)
  const ended = lastStatus === null || lastStatus === 'ok' ? null : `the last cycle ended as ${lastStatus}`
  const isDoubtful = sight.braked !== null || ended !== null
  return {
    status: worstOf([statusOf(passing, thresholds), isDoubtful ? 'WARN' : 'OK']),
    text: `${network.name}: ${[shortageWords(counts) ?? enough, ended, words].filter(part => part !== null).join('; ')}`,
    figures,
  }
}

/** The check, which is at least a warning where no live edge passes, and says where fewer pass than are wanted. */
export function withOutage(checked: Checked, { network, stored }: CheckInput): Checked {
  const counts = livePassing(network, stored, liveNames(stored))
  const words = shortageWords(counts)
  if (words === null) return checked
  const status = counts.passing === 0 ? worstOf([checked.status, 'WARN']) : checked.status
  return { ...checked, status, text: `${checked.text}; ${words}` }
}
