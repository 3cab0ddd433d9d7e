import { describe, expect, test } from 'vitest'
import {
  handoverWarning,
  isNewZone,
  leavingZones,
  ownerElsewhere,
} from '../../../../functions/core/publication/handover.ts'
import { newOrphans, orphanWarning } from '../../../../functions/core/publication/orphans.ts'
import { stateBefore, zoneRecord } from '../../../helpers/core.ts'
import { networkOf, zoneOf } from '../../../helpers/world.ts'

const network = networkOf(['192.0.2.1'], {
  zones: [zoneOf('own.example'), zoneOf('both.example')],
  owners: new Map([
    ['own.example', 'net'],
    ['both.example', 'other'],
    ['left.example', 'other'],
  ]),
})

describe('a zone is new to a network (behaviour §7.6)', () => {
  const published = zoneRecord({ hash: 'x' })
  test.each([
    ['that has no record of it', undefined, undefined, true],
    ['that never published it', zoneRecord(), undefined, true],
    ['that handed it over', { ...published, unclaimed: true as const }, undefined, true],
    ['but not where it is published', published, undefined, false],
    ['but not where named.conf names it', zoneRecord(), ['own.example'], false],
    ['where named.conf does not', zoneRecord(), ['other.example'], true],
    ['where named.conf cannot be read', zoneRecord(), 'unread' as const, true],
  ])('%s', (_how, record, clauses, expected) => {
    expect(isNewZone('own.example', record, clauses)).toBe(expected)
  })
})

test('a zone has another owner where another network has it, and this one not', () => {
  const zones = ['own.example', 'both.example', 'left.example', 'nowhere.example']
  expect(zones.map(zone => ownerElsewhere(zone, network))).toEqual([null, null, 'other', null])
  expect(handoverWarning('left.example', 'other')).toContain('handed over to other')
})

const records = new Map([
  ['own.example', zoneRecord({ hash: 'x' })],
  ['left.example', zoneRecord({ hash: 'x', orphaned: true, due: true })],
  ['gone.example', zoneRecord({ hash: 'x' })],
  ['known.example', zoneRecord({ hash: 'x', orphaned: true })],
  ['never.example', zoneRecord({ due: true, unclaimed: true })],
  ['earlier.example', zoneRecord({ hash: 'x', unclaimed: true })],
])

test('zones leave once, and are neither due nor orphaned then', () => {
  const left = zoneRecord({ hash: 'x', unclaimed: true })
  expect([...leavingZones(network, { zones: records })]).toEqual([['left.example', left]])
  expect([...leavingZones(network, { zones: new Map([['left.example', left]]) })]).toEqual([])
  const due = { ...left, due: true }
  expect([...leavingZones(network, { zones: new Map([['left.example', due]]) })]).toEqual([['left.example', left]])
})

test('orphans are what nobody has any more, each told once', () => {
  const orphans = newOrphans(network, stateBefore({ zones: records }))
  expect([...orphans.keys()]).toEqual(['gone.example', 'never.example'])
  expect([...newOrphans(network, stateBefore({ zones: records, clauses: 'unread' })).keys()]).toEqual(['gone.example'])
  expect([...orphans].map(orphanWarning)).toEqual([
    'zone gone.example is gone from the configuration: it stays published as it is',
    'zone never.example is gone from the configuration: its publication was never confirmed',
  ])
})
