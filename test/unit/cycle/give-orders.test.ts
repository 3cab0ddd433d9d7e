import { expect, test } from 'vitest'
import type { ValidOrder } from '../../../functions/core/orders/order-request.ts'
import { freezeNetwork, orderEdge } from '../../../functions/cycle/give-orders.ts'
import type { Orders } from '../../../functions/cycle/ports/orders.ts'
import { network, now } from '../../helpers/core.ts'

/** Orders in memory, as they are stored. */
function ordersWith(...edges: string[]) {
  const held = new Set(edges)
  const frozen = new Set<string>()
  const put = (set: Set<string>, name: string) => {
    const replaced = set.has(name)
    set.add(name)
    return replaced
  }
  const orders: Orders = {
    give: async (_network, { edge }) => put(held, edge),
    revoke: async (_network, edge) => held.delete(edge),
    freeze: async name => put(frozen, name),
    thaw: async name => frozen.delete(name),
  }
  return { orders, held, frozen }
}

const saying = (order: ValidOrder['order'], comment: string | null = null): ValidOrder => {
  return { order, comment, by: 'alice', since: now, expires: null }
}
const mynet = network('ab', {}, { canaries: [{ zone: 'example.org', address: '192.0.2.9' }] })
const give = (orders: Orders, edge: string, order: ValidOrder['order']) =>
  orderEdge(orders, mynet, edge, saying(order, 'why'))

test('an order is stored under the name of the list, and tells whether it replaces one', async () => {
  const { orders, held } = ordersWith()
  const answer = { edge: 'a', mode: 'force', comment: 'why', by: 'alice' }
  expect(await give(orders, 'A', 'force')).toMatchObject({ answer, replaced: false })
  expect(await give(orders, 'a', 'force')).toMatchObject({ answer, replaced: true })
  expect([...held]).toEqual(['a'])
})

test.each([
  ['nobody', 'nobody is not in the edge list of '],
  ['192.0.2.9', '192.0.2.9 is a canary of '],
])('%s takes no order, nor has it one to take back', async (name, fault) => {
  const { orders, held } = ordersWith()
  for (const order of ['unavailable', 'available'] as const)
    expect(await give(orders, name, order)).toEqual({
      fault: fault + mynet.name + (name === 'nobody' ? '' : ': canaries take no orders'),
    })
  expect(held.size).toBe(0)
})

test('the order of an edge that has left the list can be taken back, once', async () => {
  const { orders, held } = ordersWith('gone')
  expect(await give(orders, 'gone', 'available')).toMatchObject({
    answer: { edge: 'gone', mode: 'available' },
    replaced: true,
  })
  expect(held.size).toBe(0)
  expect(await give(orders, 'gone', 'available')).toHaveProperty('fault')
})

test('what cannot be the name of an edge is no edge that has left, whatever is stored', async () => {
  const { orders, held } = ordersWith('no edge', 'a')
  expect(await give(orders, 'no edge', 'available')).toHaveProperty('fault')
  expect(await give(orders, 'a', 'available')).toMatchObject({ replaced: true })
  expect([...held]).toEqual(['no edge'])
})

test('a freeze is for a network', async () => {
  const { orders, held, frozen } = ordersWith()
  await expect(give(orders, 'a', 'freeze')).rejects.toThrow('freeze is for a network')
  await expect(give(orders, 'a', 'thaw')).rejects.toThrow('thaw is for a network')
  expect(held.size).toBe(0)
  expect(await freezeNetwork(orders, mynet, saying('freeze', 'why'))).toMatchObject({ replaced: false })
  expect(await freezeNetwork(orders, mynet, saying('freeze', 'why'))).toMatchObject({
    answer: { freeze: true },
    replaced: true,
  })
  expect([...frozen]).toEqual([mynet.name])
  expect(await freezeNetwork(orders, mynet, saying('thaw'))).toMatchObject({
    answer: { freeze: false },
    replaced: true,
  })
  expect(frozen.size).toBe(0)
})
