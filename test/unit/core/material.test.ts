import { describe, expect, test } from 'vitest'
import { materialOf, ordersIn } from '../../../functions/core/original/material.ts'
import { stateText, storeText } from '../../fixtures/original.ts'
import { networkOf } from '../../fixtures/world.ts'

const now = Date.UTC(2026, 0, 1, 12)
const network = networkOf(['edge1.example', '2001:db8::1', 'c.example'], {
  canaries: [{ zone: 'example.org', address: '192.0.2.9' }],
})

const material = (stores: Record<string, string>, state: string | null = null) =>
  materialOf({ stores: new Map(Object.entries(stores)), state }, network, now)

describe("what of the original's files is a network's", () => {
  test('edges and canaries, however they are written, and those that were live', () => {
    const files = ['edge1.example', '2001:DB8:0::1', '192.0.2.9', 'gone.example', 'other.example']
    const found = material(
      Object.fromEntries(files.map(name => [name, storeText()])),
      stateText({ last_live: ['gone.example', 'edge1.example'] }),
    )
    expect([...found.edges.keys()].sort()).toEqual(['2001:db8::1', 'edge1.example', 'gone.example'])
    expect([...found.canaries.keys()]).toEqual(['192.0.2.9'])
    expect(found.strangers).toEqual(['other.example'])
    expect(found.state?.live).toEqual(['edge1.example', 'gone.example'])
    expect(found.faults).toEqual([])
  })

  test('tells what it left out', () => {
    const stores = {
      'EDGE1.example': storeText(),
      'edge1.example': storeText(),
      'c.example': '{',
      '2001:db8::1': storeText({ mode: 'x' }),
      '192.0.2.9': storeText({ mode: 'force' }),
    }
    const { faults, edges } = material(stores, '{')
    expect([...edges.keys()].sort()).toEqual(['2001:db8::1', 'edge1.example'])
    expect(faults).toEqual([
      'the state file: cannot be read (empty, truncated or damaged): left out',
      '2001:db8::1.edgestore: mode is "x", which is none: left out',
      'c.example.edgestore: cannot be read (empty, truncated or damaged): left out',
      'edge1.example.edgestore: edge1.example has another file',
      '192.0.2.9.edgestore: canaries take no orders, so force was left out',
    ])
  })
})

describe('orders', () => {
  test.each([
    ['[root] new disk', 'root', 'new disk'],
    ['[] new disk', 'unknown', 'new disk'],
    ['new [big] disk', 'unknown', 'new [big] disk'],
    ['[root] two\nlines', 'root', 'two\nlines'],
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
})
