import { encodeFreeze, encodeOrder } from '../../../functions/adapters/table/order-items.ts'
import type { Store } from '../neighbours/dynamodb/store.ts'
import { edgePool, networkName } from './folder.ts'
import type { Random } from './random.ts'

export const partitionKey = { S: `NETWORK#${networkName}` }

/** An operator gives, changes or takes back an order, or freezes and thaws; now and then something forgotten expires. */
export function giveOrder(store: Store, now: number, random: Random): void {
  const ends = random.chance(0.4) ? now + random.pick([30_000, 90_000, 600_000, 86_400_000]) : null
  const signed = { comment: 'maintenance; "quoted"', by: 'root', since: now, expires: ends }
  if (random.chance(0.15)) {
    const key = { pk: partitionKey, sk: { S: 'FREEZE' } }
    if (random.chance(0.5)) store.put({ ...key, ...encodeFreeze(signed) })
    else store.delete(key)
    return
  }
  const orderKey = (edge: string) => ({ pk: partitionKey, sk: { S: `ORDER#${edge}` } })
  // Everything off, or everything as it comes.
  if (random.chance(0.12)) {
    const isOff = random.chance(0.5)
    for (const edge of edgePool) {
      if (isOff) store.put({ ...orderKey(edge), ...encodeOrder({ mode: 'unavailable', ...signed }) })
      else store.delete(orderKey(edge))
    }
    return
  }
  const key = orderKey(random.pick([...edgePool, 'gone.example']))
  if (random.chance(0.45)) store.delete(key)
  else store.put({ ...key, ...encodeOrder({ mode: random.pick(['force', 'blindforce', 'unavailable']), ...signed }) })
}

/** The operator takes back the freeze, and every order that would end by itself. */
export function settle(store: Store): void {
  store.delete({ pk: partitionKey, sk: { S: 'FREEZE' } })
  for (const { pk, sk, expires } of store.items()) {
    if (sk?.S?.startsWith('ORDER#') && pk && expires !== undefined) store.delete({ pk, sk })
  }
}
