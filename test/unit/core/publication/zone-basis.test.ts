import { describe, expect, test } from 'vitest'
import { basisOf, invalidZones, lostRecord } from '../../../../functions/core/publication/zone-basis.ts'
import { decideOn, network, plannedText, zoneRecord } from '../../../helpers/core.ts'
import { zoneOf } from '../../../helpers/world.ts'

const zone = 'example.org'
const net = network('ab')
const published = plannedText(decideOn({ network: net }))
const fault = (message: string) => ({
  file: 'f',
  line: 1,
  column: 1,
  severity: 'error' as const,
  scope: 'zone' as const,
  network: 'net',
  message,
})
const broken = { ...zoneOf(zone), include: null, errors: [fault('bad')] }

describe('what a zone is made with (behaviour §7.5)', () => {
  test('its include, where it has a good one', () => {
    expect(basisOf(zoneOf(zone, 'mail A 192.0.2.7\n'), undefined, net)).toEqual({
      include: 'mail A 192.0.2.7\n',
    })
  })

  test('the one that is published, where it has to be read back', () => {
    expect(published).not.toBe('')
    expect(basisOf(broken, { status: 'read', text: published }, net)).toHaveProperty('include')
    expect(basisOf(broken, { status: 'unreadable' }, net)).toEqual({ unread: true })
    expect(basisOf(broken, undefined, net)).toEqual({ unread: true })
  })

  test('nothing, where there is none; more than three faults are counted', () => {
    const errors = ['one', 'two', 'three', 'four', 'five'].map(fault)
    const found = { status: 'read' as const, text: null }
    expect(basisOf({ ...zoneOf(zone), include: null, errors }, found, net)).toEqual({
      fault: 'one; two; three; and 2 more errors; there is no earlier include to use instead',
    })
  })
})

test('a lost record is that of the published file, or of none (behaviour §8.5)', () => {
  expect(lostRecord({ status: 'read', text: published })?.serial).toBeGreaterThan(1e9)
  expect(lostRecord({ status: 'read', text: null })).toEqual(zoneRecord())
  expect(lostRecord({ status: 'unreadable' })).toBeNull()
  expect(lostRecord(undefined)).toBeNull()
})

test('zones are invalid where they have a record and no include', () => {
  const facts = {
    network: network('ab', {}, { zones: [broken] }),
    readBack: new Map([[zone, { status: 'read' as const, text: null }]]),
  }
  const reason = 'bad; there is no earlier include to use instead'
  expect(invalidZones({ ...facts, records: new Map([[zone, zoneRecord()]]) })).toEqual(new Map([[zone, reason]]))
  expect(invalidZones({ ...facts, records: new Map() })).toEqual(new Map([[zone, reason]]))
  expect(invalidZones({ ...facts, records: new Map(), readBack: new Map() })).toEqual(new Map())
})
