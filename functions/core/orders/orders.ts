import { aheadMs } from '../domain/limits.ts'
import type { Mode, Order } from '../domain/model.ts'
import { untilWords, utcWords } from '../domain/time-words.ts'

/** An order as it counts now. */
export interface EffectiveOrder {
  readonly mode: Mode
  /** The order behind the mode; null where there is none or it cannot be read. */
  readonly order: Order | null
  /** What the report says of an order that does not count as written; null where all is plain. */
  readonly warning: string | null
}

/**
 * The mode that counts for an edge at `now` (milliseconds): an expired order counts as `available`; an unreadable one as
 * `unavailable` for an edge that is not live and as `available` for one that is (behaviour §8.5).
 */
export function modeOf(
  edge: string,
  order: Order | 'unreadable' | undefined,
  isLive: boolean,
  now: number,
): EffectiveOrder {
  if (order === undefined) return { mode: 'available', order: null, warning: null }
  if (order === 'unreadable') {
    const mode = isLive ? 'available' : 'unavailable'
    return { mode, order: null, warning: `the order for ${edge} cannot be read: it counts as ${mode}; give it again` }
  }
  if (isExpired(order.expires, now)) {
    const warning = `the order for ${edge} (${order.mode}, ${signature(order)}) expired at ${utcWords(order.expires)}`
    return { mode: 'available', order: null, warning }
  }
  return { mode: order.mode, order, warning: isGivenAhead(order, now) ? aheadWarning(edge, order) : null }
}

/** Whether an expiry (milliseconds, null for never) has come. */
export function isExpired(expires: number | null, now: number): expires is number {
  return expires !== null && expires <= now
}

/**
 * Whether an order (or a freeze) was given by a clock that was wrong, or that this one is behind of: it may end much
 * later than it was meant to. It holds all the same: nothing that an operator ordered ends early.
 */
export function isGivenAhead({ since }: { readonly since: number }, now: number): boolean {
  return since > now + aheadMs
}

function aheadWarning(edge: string, order: Order): string {
  return `the order for ${edge} (${order.mode}, ${signature(order)}) is dated ahead of the clock, ${utcWords(order.since)}: it holds${untilWords(order.expires)}; give it again`
}

/** Who gave an order and why, for a sentence: `by root: "maintenance"`. */
export function signature(order: { readonly by: string; readonly comment: string }): string {
  return `by ${order.by}: "${order.comment}"`
}
