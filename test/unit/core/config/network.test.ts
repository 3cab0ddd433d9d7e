import { describe, expect, test } from 'vitest'
import { canaryAddresses, wantedEdges } from '../../../../functions/core/config/network.ts'
import { network } from '../../../helpers/core.ts'

describe('a network', () => {
  test('wants as many live edges as edge_count says, or all it has', () => {
    expect(wantedEdges(network('abc', { edge_count: 2 }))).toBe(2)
    expect(wantedEdges(network('abc', { edge_count: 9 }))).toBe(3)
  })

  test('has each canary address once, sorted', () => {
    const canaries = ['192.0.2.9', '192.0.2.8', '192.0.2.9'].map((address, at) => ({ zone: `z${at}.example`, address }))
    expect(canaryAddresses(network('a', {}, { canaries }))).toEqual(['192.0.2.8', '192.0.2.9'])
  })
})
