import { describe, expect, test } from 'vitest'
import { noCircumstances, type Run } from '../../../../functions/core/history/run.ts'
import { scenesOf, type Today } from '../../../../functions/core/replay/scenes.ts'
import { freeze, now, order, orders, runAgo } from '../../../helpers/core.ts'

const nothing: Today = { edges: [], orders: new Map(), freeze: null, addresses: new Map() }
const sceneOf = (run: Run, today: Partial<Today> = {}) => scenesOf([run], { ...nothing, ...today }).at(0)
const cycle = runAgo(60, { '192.0.2.1': 0.2, 'h.example': 'timeout', 'k.example': 'skipped' })
const circumstances = {
  ...noCircumstances,
  orders: new Map([['h.example', 'force' as const]]),
  frozen: true,
  verdicts: new Map([['h.example', { verdict: 'disputed' as const, votes: [] }]]),
  addresses: new Map([['h.example', '192.0.2.9']]),
}

describe('a recorded cycle as a scene', () => {
  test('has its probes, and the addresses of its edges', () => {
    const { edges, probing, given } = sceneOf({ ...cycle, circumstances })
    expect(edges).toEqual([
      { name: '192.0.2.1', address: '192.0.2.1' },
      { name: 'h.example', address: null },
      { name: 'k.example', address: null },
    ])
    expect([...probing.edges.values()].map(({ outcome }) => outcome)).toEqual(['ok', 'timeout', 'skipped'])
    expect(probing.verdicts).toBe(circumstances.verdicts)
    expect(given.addresses).toEqual(new Map([['h.example', { known: '192.0.2.9', published: null }]]))
  })

  test('an address that is configured counts before one that the name is', () => {
    const today = { edges: [{ name: 'h.example', address: '192.0.2.7' }] }
    expect(sceneOf(cycle, today).edges[1]).toEqual({ name: 'h.example', address: '192.0.2.7' })
  })

  test('orders and freeze have the words of those that still hold', () => {
    const since = cycle.time - 1
    const today = { orders: orders(order('h.example', 'force', { since })), freeze: freeze({ since }) }
    const { given } = sceneOf({ ...cycle, circumstances }, today)
    expect(given.orders.get('h.example')).toMatchObject({ mode: 'force', comment: 'maintenance', expires: null })
    expect(given.freeze).toMatchObject({ comment: 'launch', expires: null })
  })

  test.each<[string, Partial<Today>]>([
    ['gone', {}],
    [
      'of another mode',
      { orders: orders(order('h.example', 'unavailable', { since: 0 })), freeze: freeze({ since: now }) },
    ],
    ['given later', { orders: orders(order('h.example', 'force', { since: now })), freeze: freeze({ since: now }) }],
    ['unreadable', { orders: new Map([['h.example', 'unreadable' as const]]), freeze: 'unreadable' }],
  ])('those that are %s have none', (_, today) => {
    const { given } = sceneOf({ ...cycle, circumstances }, today)
    const signed = { by: 'an operator', comment: 'recorded with the cycle', since: cycle.time, expires: null }
    expect(given.orders.get('h.example')).toEqual({ edge: 'h.example', mode: 'force', ...signed })
    expect(given.freeze).toEqual(signed)
  })

  test('of an older cycle neither orders nor verdicts are known, and entries that cannot be read are no probes', () => {
    const entries = Uint32Array.from([0xffffffff, ...cycle.entries.slice(1)])
    const { probing, given } = sceneOf({ ...cycle, entries, circumstances: null })
    expect(probing.edges.has('192.0.2.1')).toBe(false)
    expect(probing.verdicts).toBeUndefined()
    expect(given).toMatchObject({ orders: new Map(), freeze: null })
  })

  test('cycles share what does not change', () => {
    const scenes = scenesOf([cycle, { ...cycle, time: now }], nothing)
    expect(scenes.at(0).edges).toBe(scenes.at(1).edges)
    expect(scenes.at(0).given.addresses).toBe(scenes.at(1).given.addresses)
  })
})
