import { expect, test } from 'vitest'
import { allChecks } from '../../../../functions/core/inspect/all-check.ts'
import { network, now, runAgo, stateBefore, zoneRecord } from '../../../helpers/core.ts'

const net = network('ab', { edge_count: 2 })
const zones = new Map([['example.org', zoneRecord({ serial: 1, hash: 'h' })]])
const check = (edges: Parameters<typeof runAgo>[1]) => {
  const stored = stateBefore({ live: ['a', 'b'], runs: [runAgo(30, edges)], zones })
  return allChecks({ network: net, stored, lastCycle: now, lastStatus: 'ok', now, all: false })
}

test('all checks at once are as bad as the worst, and name those that are not OK', () => {
  const well = check({ a: { how: 0.1, live: true }, b: { how: 0.1, live: true } })
  expect(well).toMatchObject({ status: 'OK', text: 'net: all 7 checks are OK' })
  expect(well.figures.map(({ name }) => name)).toContain('live_passing')
  const dead = check({ a: { how: 'refused', live: true }, b: { how: 'refused', live: true } })
  expect(dead.status).toBe('CRIT')
  expect(dead.text).toContain('live CRIT: net: none of the 2 wanted live edges passes')
})
