import { livePassing, shortageWords } from '../live-set/live-edges.ts'
import { type Checked, statusOf, unknown, worstOf } from './check.ts'
import { type CheckInput, usable } from './check-input.ts'
import { liveNames } from './query-rows.ts'

/** How many live edges pass (behaviour §8.6): none is critical, fewer than wanted a warning. */
export function live(input: CheckInput): Checked {
  const run = usable(input)
  if (typeof run === 'string') return unknown(run)
  const { network, stored, thresholds } = input
  const counts = livePassing(network, stored, liveNames(stored))
  const { passing, wanted } = counts
  const enough = `${passing} of ${counts.live} live ${counts.live === 1 ? 'edge passes' : 'edges pass'}`
  const figures = [
    { name: 'passing', value: passing, unit: '' as const, thresholds },
    { name: 'wanted', value: wanted, unit: '' as const, thresholds: null },
  ]
  return {
    status: statusOf(passing, thresholds),
    text: `${network.name}: ${shortageWords(counts) ?? enough}`,
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
