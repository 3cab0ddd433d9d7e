import { orderPrefix } from './keys.ts'
import { edgeOf, isUnderCanonicalForm } from './order-items.ts'
import type { Item, Rows } from './rows.ts'

/**
 * Moves the orders that an older version kept under another spelling of their edge to its canonical form, so that they
 * can be taken back like all others (behaviour §2.4); one that is there already is the newer, and stays.
 */
export async function moveOrders(rows: Rows, orders: readonly Item[]): Promise<void> {
  const canonical = new Set(orders.filter(isUnderCanonicalForm).map(edgeOf))
  for (const order of orders.filter(one => !isUnderCanonicalForm(one))) {
    const { pk, sk, ...attributes } = order
    if (!canonical.has(edgeOf(order))) await rows.put(orderPrefix + edgeOf(order), attributes)
    canonical.add(edgeOf(order))
    await rows.delete(sk?.S ?? '')
  }
}
