import { canonicalEdge } from '../../core/config/edge-name.ts'
import type { Freeze, Order } from '../../core/domain/model.ts'
import { orderPrefix } from './keys.ts'
import type { Item } from './rows.ts'

const orderModes = new Set(['force', 'blindforce', 'unavailable'])

/** An operator's order as an item; times in milliseconds. */
export function encodeOrder(order: Omit<Order, 'edge'>): Item {
  return { mode: { S: order.mode }, ...encodeFreeze(order) }
}

/** A freeze as an item. */
export function encodeFreeze({ comment, by, since, expires }: Freeze): Item {
  const ends: Item = expires === null ? {} : { expires: { N: String(expires) } }
  return { comment: { S: comment }, by: { S: by }, since: { N: String(since) }, ...ends }
}

/** The edge that an order's item is about, whatever the item says; in its canonical form. */
export function edgeOf(item: Item): string {
  return canonicalEdge((item.sk?.S ?? '').slice(orderPrefix.length))
}

/** Whether an order is kept under its edge's canonical form: older versions took the spelling of the list. */
export function isUnderCanonicalForm(item: Item): boolean {
  return item.sk?.S === orderPrefix + edgeOf(item)
}

/** The order in an item, or `unreadable` (behaviour §8.5). */
export function decodeOrder(item: Item): Order | 'unreadable' {
  const freeze = decodeFreeze(item)
  const mode = item.mode?.S ?? ''
  if (freeze === 'unreadable' || !orderModes.has(mode)) return 'unreadable'
  return { edge: edgeOf(item), mode: mode as Order['mode'], ...freeze }
}

/** The freeze in an item, or `unreadable`. */
export function decodeFreeze(item: Item): Freeze | 'unreadable' {
  const comment = item.comment?.S
  const by = item.by?.S
  const since = Number(item.since?.N)
  const expires = item.expires === undefined ? null : Number(item.expires.N)
  const isSound = comment !== undefined && by !== undefined && isTime(since) && (expires === null || isTime(expires))
  return isSound ? { comment, by, since, expires } : 'unreadable'
}

/** Since when (milliseconds) an edge has been available again, as an item. */
export function encodeSince(since: number): Item {
  return { since: { N: String(since) } }
}

/** The time in such an item (milliseconds); null where it cannot be read. */
export function decodeSince(item: Item): number | null {
  const since = item.since?.N === undefined ? Number.NaN : Number(item.since.N)
  return isTime(since) ? since : null
}

/** A moment that a calendar can show. */
function isTime(ms: number): boolean {
  return Number.isInteger(ms) && Math.abs(ms) <= 8.64e15
}
