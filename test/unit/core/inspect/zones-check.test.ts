import { expect, test } from 'vitest'
import { parseRange } from '../../../../functions/core/inspect/nagios-range.ts'
import { zonesCheck } from '../../../../functions/core/inspect/zones-check.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { network, now, stateBefore, zoneRecord } from '../../../helpers/core.ts'
import { settingsOf, zoneOf } from '../../../helpers/world.ts'

const good = zoneRecord({ serial: 1, hash: 'h' })
const zones = ['a.org', 'b.org'].map(name => zoneOf(name))
const pushes = { ...settingsOf().route53, enabled: true }

function check(records: Record<string, ReturnType<typeof zoneRecord>>, changes: object = {}, settings = {}) {
  const net = network('a', settings, { zones })
  const stored = stateBefore({ zones: new Map(Object.entries(records)) })
  const thresholds = { warn: parseRange('0'), crit: null }
  const input = { network: net, stored, lastCycle: now, lastStatus: 'ok', now, thresholds, all: false }
  return zonesCheck({ ...input, ...changes })
}

test('all that are published as decided are OK', () => {
  expect(check({ 'a.org': good, 'b.org': good })).toMatchObject({
    status: 'OK',
    text: 'net: 2 zones published as decided',
    figures: [{ name: 'zones_in_trouble', value: 0 }],
  })
})

test('what is due, faulty or not published is a warning; nothing published at all is critical', () => {
  expect(check({ 'a.org': { ...good, due: true } })).toMatchObject({
    status: 'WARN',
    text: 'net: 2 of 2 zones in trouble: a.org (due: a write was not confirmed), b.org (not published yet)',
  })
  const faulty = network('a', {}, { zones: [zoneOf('a.org'), { ...zoneOf('b.org'), include: null }] })
  expect(check({ 'a.org': good, 'b.org': good }, { network: faulty })).toMatchObject({
    status: 'WARN',
    text: 'net: 1 of 2 zones in trouble: b.org (its include is faulty)',
  })
  expect(check({})).toMatchObject({ status: 'CRIT' })
  expect(check({}, { network: network('a', {}, { zones: [] }) })).toMatchObject({ status: 'OK' })
})

test('records in Route 53 that are due count where the network pushes', () => {
  const due: Pushed = { hostedZone: 'Z', sets: [], attempted: [], due: now }
  const stored = stateBefore({
    zones: new Map([
      ['a.org', good],
      ['b.org', good],
    ]),
    pushed: new Map([
      ['a.org', due],
      ['b.org', { ...due, due: null }],
    ]),
  })
  expect(check({}, { stored }, { route53: pushes }).text).toContain('a.org (its records in Route 53 are due)')
  expect(check({}, { stored }).status).toBe('OK')
})

test('without a cycle nothing is known', () => {
  expect(check({}, { lastCycle: null }).status).toBe('UNKNOWN')
})
