import { describe, expect, test } from 'vitest'
import { type LiveEdge, replacedBy, withCanary } from '../../../../functions/core/publication/canary.ts'
import { addressOf } from '../../../helpers/core.ts'

const canary = '198.51.100.1'

function liveEdge(name: string, changes: Partial<LiveEdge> = {}): LiveEdge {
  return { name, address: addressOf(name), isFailing: false, isOrdered: false, ...changes }
}

describe('the edge that a canary replaces (behaviour §6)', () => {
  test.each<[string, LiveEdge[], string]>([
    ['the one with its own address', [liveEdge('a', { isFailing: true }), liveEdge('b', { address: canary })], 'b'],
    ['… even an ordered one', [liveEdge('a'), liveEdge('b', { address: canary, isOrdered: true })], 'b'],
    ['else a failing one', [liveEdge('a'), liveEdge('b', { isFailing: true }), liveEdge('c')], 'b'],
    ['… even an ordered one', [liveEdge('a'), liveEdge('b', { isFailing: true, isOrdered: true })], 'b'],
    [
      'else one that is not ordered',
      [liveEdge('a', { isOrdered: true }), liveEdge('b'), liveEdge('c', { isOrdered: true })],
      'b',
    ],
    ['else any', [liveEdge('b', { isOrdered: true })], 'b'],
  ])('%s', (_, live, replaced) => {
    for (const zone of ['example.org', 'example.net', 'a.example', 'b.example']) {
      expect(replacedBy(canary, zone, live)?.name).toBe(replaced)
      expect(replacedBy(canary, zone, [...live].reverse())?.name).toBe(replaced)
    }
  })

  test('among equals it is always the same, whatever the order', () => {
    const live = ['a', 'b', 'c', 'd'].map(name => liveEdge(name))
    for (let at = 0; at < 50; at++) {
      const zone = `zone${at}.example`
      expect(replacedBy(canary, zone, [...live].reverse())).toBe(replacedBy(canary, zone, live))
    }
  })

  test('it depends on the zone and the edges, not on the canary', () => {
    const live = ['a', 'b', 'c', 'd'].map(name => liveEdge(name))
    expect(replacedBy('198.51.100.2', 'example.org', live)).toBe(replacedBy(canary, 'example.org', live))
  })

  test.each([2, 4, 10])('many zones spread evenly over %d edges', count => {
    const live = [...'abcdefghij'].slice(0, count).map(name => liveEdge(name))
    const zones = 5000
    const replaced = new Map(live.map(edge => [edge.name, 0]))
    for (let at = 0; at < zones; at++) {
      const name = String(replacedBy(canary, `zone${at}.example`, live)?.name)
      replaced.set(name, Number(replaced.get(name)) + 1)
    }
    const expected = zones / count
    const chiSquare = [...replaced.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
    // With at most 9 degrees of freedom, one even spread in a thousand lies above 27.9.
    expect(chiSquare).toBeLessThan(27.9)
  })

  test('nobody can be replaced where nobody is live', () => {
    expect(replacedBy(canary, 'example.org', [])).toBeNull()
  })
})

describe('the zone’s addresses', () => {
  test('are as many as the live set has, the canary’s among them', () => {
    const live = ['a', 'b', 'c'].map(name => liveEdge(name))
    const addresses = withCanary(canary, 'example.org', live)
    expect(addresses).toHaveLength(3)
    expect(addresses).toContain(canary)
    expect(live.filter(edge => !addresses.includes(edge.address))).toEqual([replacedBy(canary, 'example.org', live)])
  })

  test('are the canary alone with a live set of one', () => {
    expect(withCanary(canary, 'example.org', [liveEdge('a')])).toEqual([canary])
    expect(withCanary(canary, 'example.org', [liveEdge('a', { isOrdered: true })])).toEqual([canary])
  })

  test('hold an address once where a host name resolves to the canary’s', () => {
    const live = [liveEdge('a'), liveEdge('b', { address: canary }), liveEdge('c')]
    expect(withCanary(canary, 'example.org', live)).toEqual([addressOf('a'), canary, addressOf('c')])
  })
})
