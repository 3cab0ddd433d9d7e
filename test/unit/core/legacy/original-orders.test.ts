import { describe, expect, test } from 'vitest'
import { materialOf } from '../../../../functions/core/legacy/material.ts'
import { availableIn, commentFaults, ordersIn } from '../../../../functions/core/legacy/original-orders.ts'
import { storeText } from '../../../helpers/original.ts'
import { networkOf } from '../../../helpers/world.ts'

const now = Date.UTC(2026, 0, 1, 12)
const network = networkOf(['Edge1.example', '2001:db8::1', 'c.example'])

const material = (stores: Record<string, string>) =>
  materialOf({ stores: new Map(Object.entries(stores)), state: null }, network, now)

describe('orders', () => {
  test.each([
    ['[root] new disk', 'root', 'new disk'],
    ['[] new disk', 'unknown', 'new disk'],
    ['new [big] disk', 'unknown', 'new [big] disk'],
    ['[root] two\nlines', 'root', 'two lines'],
    ['[root]', 'root', 'imported from edgemanage, where no reason was given'],
    ['', 'unknown', 'imported from edgemanage, where no reason was given'],
  ])('%j', (comment, by, why) => {
    const { edges, ...rest } = material({
      'c.example': storeText({ mode: 'unavailable', comment, state_entry_time: 9.5 }),
    })
    const [order] = ordersIn({ edges, ...rest }, now)
    expect(order?.order).toEqual({
      edge: 'c.example',
      mode: 'unavailable',
      by,
      comment: why,
      since: 9500,
      expires: null,
    })
  })

  test('one without a date is given now, and is the same one next time', () => {
    const found = material({ 'c.example': storeText({ mode: 'force' }), 'edge1.example': storeText() })
    const [first] = ordersIn(found, now)
    const [second] = ordersIn(found, now + 1)
    expect(ordersIn(found, now)).toHaveLength(1)
    expect([first?.order.since, second?.order.since]).toEqual([now, now + 1])
    expect(first?.mark).toBe(second?.mark)
  })

  test('a long comment is cut, without halves of characters, and that is told', () => {
    const long = `[al] ${'x'.repeat(498)}${'\u{1f600}'.repeat(100_000)}`
    const found = material({ 'c.example': storeText({ mode: 'unavailable', comment: long }) })
    const comment = ordersIn(found, now)[0]?.order.comment
    expect(comment).toBe(`${'x'.repeat(498)}…`)
    expect(commentFaults(found)).toEqual([
      'c.example: the comment of its order has 200503 characters: it was cut to 500',
    ])
  })

  test('who cannot be known is unavailable, with what the file still tells, until an operator says otherwise', () => {
    const damaged = '{"comment": "[root] new disk", "health": "pass",'
    const found = material({ 'c.example': damaged, 'edge1.example': '', '2001:db8::1': storeText() })
    expect(ordersIn(found, now).map(({ order, ...rest }) => ({ ...rest, ...order }))).toEqual(
      ['c.example', 'Edge1.example'].map(edge => ({
        edge,
        mode: 'unavailable',
        by: 'import (edgemanage)',
        comment: expect.stringContaining(`edgemanage conf ${edge} -m available`),
        since: now,
        expires: null,
        mark: '["unknown"]',
        isStandIn: true,
      })),
    )
    expect(ordersIn(found, now)[0]?.order.comment).toContain('[root] new disk')
    expect(commentFaults(found)).toEqual([])
    expect(availableIn(found)).toEqual([{ edge: '2001:db8::1', since: null }])
  })
})
