import { untilWords } from '../domain/time-words.ts'
import { isExpired, signature } from '../orders/orders.ts'
import type { Before } from '../state/network-state.ts'

/** What is said of a network whose live set is held by an operator's order; null if it is not. `now`: milliseconds. */
export function freezeWords(freeze: Before['freeze'], now: number): string | null {
  if (freeze === null) return null
  if (freeze === 'unreadable') return 'the network counts as frozen: the freeze cannot be read'
  if (isExpired(freeze.expires, now)) return null
  const until = untilWords(freeze.expires)
  return `the network is frozen${until} ${signature(freeze)}`
}
