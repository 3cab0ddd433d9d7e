import type { Orders } from '../../cycle/orders.ts'
import { freezeKey, orderPrefix } from './keys.ts'
import { decodeFreeze, decodeOrder, encodeFreeze, encodeOrder } from './order-items.ts'
import type { Item, Rows, RowsOf } from './rows.ts'
import { setAside } from './set-aside.ts'

/** Operators' orders among the rows of a store: one item each. */
export function createOrders(rows: RowsOf): Orders {
  return {
    give: (network, order) => replace(rows(network), orderPrefix + order.edge, decodeOrder, encodeOrder(order)),
    revoke: (network, edge) => replace(rows(network), orderPrefix + edge, decodeOrder, null),
    freeze: (network, freeze) => replace(rows(network), freezeKey, decodeFreeze, encodeFreeze(freeze)),
    thaw: network => replace(rows(network), freezeKey, decodeFreeze, null),
  }
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
