import { canonicalEdge } from '../core/config/edge-name.ts'
import type { Network } from '../core/config/network.ts'
import {
  edgeNamed,
  type FreezeAnswer,
  freezeAnswer,
  type OrderAnswer,
  orderAnswer,
  type ValidOrder,
} from '../core/orders/order-request.ts'
import type { Orders } from './ports/orders.ts'

/** What was stored, as it is answered, and whether there was an order (or a freeze) before. */
export interface Ordered<Answer> {
  readonly answer: Answer
  readonly replaced: boolean
}

/** What an edge that has left the list may be called. */
const anyName = /^[\x21-\x7e]{1,255}$/

/**
 * Stores an order for one edge of the list; `available` takes it back, also from an edge that has left the list and
 * whose order is still kept. The fault says why an edge takes none; nothing is stored then.
 */
export async function orderEdge(
  orders: Orders,
  network: Network,
  text: string,
  instruction: ValidOrder,
): Promise<Ordered<OrderAnswer> | { readonly fault: string }> {
  const found = edgeNamed(network, text)
  const { order, comment, ...rest } = instruction
  if (order === 'freeze' || order === 'thaw') throw new Error(`${order} is for a network`)
  if (order !== 'available') {
    if ('fault' in found) return found
    const replaced = await orders.give(network.name, { edge: found.edge, mode: order, comment: comment ?? '', ...rest })
    return { answer: orderAnswer(found.edge, instruction), replaced }
  }
  if ('fault' in found && !anyName.test(text)) return found
  const edge = 'edge' in found ? found.edge : canonicalEdge(text)
  const replaced = await orders.revoke(network.name, edge, { by: rest.by, comment })
  return 'fault' in found && !replaced ? found : { answer: orderAnswer(edge, instruction), replaced }
}

/** Freezes a network, or thaws it (behaviour §5). */
export async function freezeNetwork(
  orders: Orders,
  network: Network,
  instruction: ValidOrder,
): Promise<Ordered<FreezeAnswer>> {
  const { order, comment, ...rest } = instruction
  const freeze = { comment: comment ?? '', ...rest }
  const replaced = await (order === 'thaw'
    ? orders.thaw(network.name, { by: rest.by, comment })
    : orders.freeze(network.name, freeze))
  return { answer: freezeAnswer(instruction), replaced }
}
