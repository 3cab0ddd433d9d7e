import { expect, test } from 'vitest'
import { cutAbove, draftZone, hasAddress, holds } from '../../../../functions/core/zone/draft-zone.ts'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { readRecords } from '../../../../functions/core/zone/records.ts'
import { sampleContext } from '../../../helpers/zones.ts'

const origin = 'example.org.'
const zoneOf = (include: string, context = sampleContext) => {
  const { records } = readRecords(scanMasterFile(include), origin, 300)
  const owned = records.map(record => ({ ...record, owner: record.owner ?? '' }))
  return draftZone(owned, origin, context)
}

test('has the published names, as far as they can be read and are inside', () => {
  const zone = zoneOf('', {
    ...sampleContext,
    rotateLabels: ['WWW', 'a..b', 'a.example.net.'],
    nsRecords: ['ns', 'a..b'],
  })
  expect([...zone.published]).toEqual(['example.org.', 'www.example.org.'])
  expect(zone.nameServers).toEqual(['ns.example.org.'])
})

test('knows its names, those in between included', () => {
  expect([...zoneOf('a.b TXT a\na.b TXT b\n').names].sort()).toEqual([
    'a.b.example.org.',
    'b.example.org.',
    'example.org.',
    'www.example.org.',
  ])
})

test('knows what stands where', () => {
  const zone = zoneOf('m A 192.0.2.1\nm TXT a\n')
  expect(holds(zone, 'm.example.org.', 'AAAA', 'TXT')).toBe(true)
  expect(holds(zone, 'm.example.org.', 'MX')).toBe(false)
  expect(holds(zone, 'n.example.org.', 'A')).toBe(false)
})

test.each([
  ['www', '', true],
  ['m', 'm AAAA ::1\n', true],
  ['m', 'm TXT a\n', false],
  ['m', '', false],
  ['m', '* A 192.0.2.1\n', true],
  ['m', '* TXT a\n', false],
  ['m', '* A 192.0.2.1\nm TXT a\n', false],
  ['m', '* A 192.0.2.1\na.m TXT a\n', false],
  ['a.m', '* A 192.0.2.1\nm TXT a\n', false],
  ['a.m', '*.m A 192.0.2.1\n', true],
])('%s beside %j has an address: %s', (name, include, has) => {
  expect(hasAddress(zoneOf(include), `${name}.${origin}`)).toBe(has)
})

test('a wildcard among the rotate labels counts', () => {
  expect(hasAddress(zoneOf('', { ...sampleContext, rotateLabels: ['*'] }), 'm.example.org.')).toBe(true)
})

test.each([
  ['a.sub', '', null],
  ['a.sub', '@ NS ns.example.net.\n', null],
  ['a.sub', 'sub NS ns.example.net.\n', { at: 'sub.example.org.', type: 'NS' }],
  ['sub', 'sub NS ns.example.net.\n', { at: 'sub.example.org.', type: 'NS' }],
  ['a.sub', 'sub DNAME example.net.\n', { at: 'sub.example.org.', type: 'DNAME' }],
  ['sub', 'sub DNAME example.net.\n', null],
  ['a.sub', '@ DNAME example.net.\nsub NS ns.example.net.\n', { at: 'example.org.', type: 'DNAME' }],
])('above %s in %j is %j', (name, include, cut) => {
  expect(cutAbove(zoneOf(include), `${name}.${origin}`)).toEqual(cut)
})
