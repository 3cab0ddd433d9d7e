import { expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { base64, base64Octets, hex, hexBy, readHex } from '../../../../functions/core/zone/octet-fields.ts'

const words = (text: string) => scanMasterFile(text).entries[0]?.tokens ?? []
const context = { origin: '.', before: '\x01' }

test.each([
  ['01 fF', 'any', { octets: '\x01\xff' }],
  ['0 1f f', 2, { octets: '\x01\xff' }],
  ['', 'any', { octets: '' }],
  ['', 'some', { fault: 'octets in hexadecimal are missing' }],
  ['01', 2, { fault: '2 octets belong here, not 1' }],
  ['0', 'any', { fault: 'this is not octets in hexadecimal, two digits each' }],
  ['0g', 'any', { fault: 'this is not octets in hexadecimal, two digits each' }],
  ['"01"', 'any', { fault: 'this is not octets in hexadecimal, two digits each' }],
] as const)('%j as %s', (text, length, read) => {
  expect(readHex(words(text), length)).toEqual(read)
})

test('the octet before says how many belong here', () => {
  const field = hexBy({ 1: 2 }, 'any')
  expect(field.read(words('0102'), context)).toEqual({ octets: '\x01\x02' })
  expect(field.read(words('01'), context)).toHaveProperty('fault')
  expect(field.read(words('01'), { ...context, before: '\x03' })).toEqual({ octets: '\x01' })
  expect(hex.read(words('01'), context)).toEqual({ octets: '\x01' })
})

test.each([
  ['', ''],
  ['AQ==', '\x01'],
  ['AQI=', '\x01\x02'],
  ['AQID', '\x01\x02\x03'],
  ['AQ', null],
  ['AR==', null],
  ['AQ==AQ==', null],
  ['A*==', null],
])('%j is Base64 of %j', (text, octets) => {
  expect(base64Octets(text)).toBe(octets)
})

test('Base64 may stand in several words, without quotes', () => {
  expect(base64.read(words('AQ I='), context)).toEqual({ octets: '\x01\x02' })
  expect(base64.read(words('"AQI="'), context)).toHaveProperty('fault')
  expect(base64.read([], context)).toHaveProperty('fault')
})
