import type { LogEntry } from '../../core/inspect/log-entry.ts'
import { isExpired } from '../../core/orders/orders.ts'
import type { Orders } from '../../cycle/ports/orders.ts'
import { freezeKey, orderPrefix, sincePrefix } from './keys.ts'
import { putLog } from './log-items.ts'
import { decodeFreeze, decodeOrder, encodeFreeze, encodeOrder, encodeSince } from './order-items.ts'
import type { Item, Rows, RowsOf } from './rows.ts'
import { setAside } from './set-aside.ts'

/** Operators' orders among the rows of a store: one item each, and their trail in the log. `clock`: milliseconds. */
export function createOrders(rows: RowsOf, clock: () => number = Date.now): Orders {
  // The trail comes after what it tells of: it never tells of what did not happen.
  const noted = async (network: string, done: Promise<boolean>, entry: Omit<LogEntry, 'time'>) => {
    const replaced = await done
    const isNews = replaced || entry.what === 'order' || entry.what === 'freeze'
    if (isNews) await putLog(rows(network), { ...entry, time: clock() })
    return replaced
  }
  return {
    give: (network, order) => {
      const done = replace(rows(network), orderPrefix + order.edge, decodeOrder, encodeOrder(order))
      const { edge: about, mode, by, comment, expires } = order
      return noted(network, done, { what: 'order', about, mode, by, comment, expires })
    },
    revoke: (network, edge, end) =>
      noted(network, revoke(rows(network), edge, clock()), { what: 'order-end', about: edge, ...end }),
    freeze: (network, freeze) => {
      const done = replace(rows(network), freezeKey, decodeFreeze, encodeFreeze(freeze))
      const { by, comment, expires } = freeze
      return noted(network, done, { what: 'freeze', about: '', by, comment, expires })
    },
    thaw: (network, end) => {
      const done = replace(rows(network), freezeKey, decodeFreeze, null)
      return noted(network, done, { what: 'thaw', about: '', ...end })
    },
  }
}

/** Ends an order, and keeps since when the edge is available again: an order that has expired ended then. */
async function revoke(rows: Rows, edge: string, now: number): Promise<boolean> {
  const old = await rows.get(orderPrefix + edge)
  if (old === null) return false
  const order = decodeOrder(old)
  const since = order !== 'unreadable' && isExpired(order.expires, now) ? order.expires : now
  await rows.put(sincePrefix + edge, encodeSince(since))
  return replace(rows, orderPrefix + edge, decodeOrder, null)
}

/** Puts one item in the place of another, or (null) takes it away; the answer is whether there was one. */
async function replace(
  rows: Rows,
  sk: string,
  decode: (item: Item) => object | 'unreadable',
  attributes: Item | null,
): Promise<boolean> {
  const old = await rows.get(sk)
  if (old !== null && decode(old) === 'unreadable') await setAside(rows, [{ item: old, stays: true, warning: '' }])
  if (attributes !== null) await rows.put(sk, attributes)
  else if (old !== null) await rows.delete(sk)
  return old !== null
}
