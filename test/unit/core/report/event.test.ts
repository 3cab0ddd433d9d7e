import { expect, test } from 'vitest'
import { cutTo, fitted, orderEvent } from '../../../../functions/core/report/event.ts'

test('an order tells who, what and why', () => {
  const since = Date.UTC(2026, 0, 1)
  const order = { order: 'force' as const, comment: 'x', by: 'alice', since, expires: since + 1000 }
  expect(orderEvent('net', ['a', 'b'], order)).toEqual({
    happening: 'order given',
    detail: {
      ...{ version: 1, network: 'net', time: '2026-01-01T00:00:00.000Z', order: 'force', edges: ['a', 'b'], count: 2 },
      ...{ comment: 'x', by: 'alice', since: '2026-01-01T00:00:00.000Z', expires: '2026-01-01T00:00:01.000Z' },
    },
  })
  expect(orderEvent('net', [], { ...order, order: 'thaw', expires: null }).detail).toMatchObject({
    expires: null,
    count: 0,
  })
})

test('a list is cut to its first members, and counted in full', () => {
  expect(cutTo('edges', ['a', 'b', 'c'], 2)).toEqual({ edges: ['a', 'b'], count: 3 })
})

test('what is too long for a request loses half of its lists until it fits, and nothing else', () => {
  const edges = Array.from({ length: 1000 }, (_, at) => `${at}`.padStart(400, 'e'))
  const detail = { version: 1, network: 'net', edges, count: 1000 }
  expect(fitted('zones published', { ...detail, edges: edges.slice(0, 500) }).edges).toHaveLength(500)
  expect(fitted('edges rotated', detail)).toEqual({ ...detail, edges: edges.slice(0, 125) })
})
