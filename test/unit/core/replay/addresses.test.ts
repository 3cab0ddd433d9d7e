import { expect, test } from 'vitest'
import { noCircumstances, type Run } from '../../../../functions/core/history/run.ts'
import { addressesByCycle } from '../../../../functions/core/replay/addresses.ts'
import { type RunMember, runAgo } from '../../../helpers/core.ts'

const cycle = (ago: number, edges: Record<string, RunMember>, addresses: Record<string, string> = {}): Run => ({
  ...runAgo(ago, edges),
  circumstances: { ...noCircumstances, addresses: new Map(Object.entries(addresses)) },
})
const known = (runs: Run[], now: Record<string, string | null> = {}) =>
  addressesByCycle(
    runs,
    name => name.startsWith('h'),
    new Map(Object.entries(now).map(([edge, address]) => [edge, { known: address, published: null }])),
  ).map(map => Object.fromEntries(map))

test('changes hold from their cycle on', () => {
  const runs = [cycle(2, { h1: 0.1 }, { h1: 'A' }), cycle(1, { h1: 0.1 }), cycle(0, { h1: 0.1 }, { h1: 'B' })]
  expect(known(runs)).toEqual([{ h1: 'A' }, { h1: 'A' }, { h1: 'B' }])
})

test('an edge that never resolved has none', () => {
  const runs = [cycle(2, { h1: 'dns_error' }), cycle(1, { h1: 'skipped' }), cycle(0, { h1: 0.1 }, { h1: 'A' })]
  expect(known(runs)).toEqual([{}, {}, { h1: 'A' }])
})

test('what held before the first change is the next address that is known, or that of today', () => {
  const runs = [
    cycle(2, { h1: 0.1, h2: 'refused', h3: 'dns_error', h4: 0.1, a: 0.1 }),
    cycle(1, { h1: 0.1 }, { h1: 'B' }),
  ]
  expect(known(runs, { h1: 'C', h2: 'D', h3: 'E', h4: null })[0]).toEqual({ h1: 'B', h2: 'D' })
  expect(known([cycle(1, { h1: { how: 'dns_error', live: true } })], { h1: 'C' })).toEqual([{ h1: 'C' }])
})

test('cycles that do not tell of addresses change none', () => {
  const old = { ...runAgo(1, { h1: 0.1 }), circumstances: null }
  const unreadable = { ...old, entries: Uint32Array.from([0xffffffff]) }
  expect(known([unreadable, old], { h1: 'A' })).toEqual([{ h1: 'A' }, { h1: 'A' }])
})
