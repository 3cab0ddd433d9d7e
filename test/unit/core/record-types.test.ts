import { expect, test } from 'vitest'
import { recordType } from '../../../functions/core/zone/record-types.ts'

test.each([
  ['a', 'A'],
  ['Cname', 'CNAME'],
  ['SSHFP', 'SSHFP'],
  ['TYPE1', 'A'],
  ['type0028', 'AAAA'],
  ['type028', 'AAAA'],
  ['TYPE257', 'CAA'],
  ['TYPE43', 'DS'],
  ['TYPE48', 'DNSKEY'],
  ['TYPE50', 'NSEC3'],
  ['TYPE59', 'CDS'],
  ['TYPE60', 'CDNSKEY'],
  ['TYPE999', 'TYPE999'],
  ['TYPE0999', 'TYPE999'],
  ['TYPE127', 'TYPE127'],
  ['TYPE65535', 'TYPE65535'],
])('%s is %s', (text, type) => {
  expect(recordType(text)).toBe(type)
})

test.each([
  '',
  'FOO',
  'ANY',
  'OPT',
  'AXFR',
  'TYPE',
  'TYPE0',
  'TYPE3',
  'TYPE4',
  'MD',
  'TYPE41',
  'TYPE128',
  'TYPE255',
  'TYPE65536',
  'TYPE123456',
])('%j is none', text => {
  expect(recordType(text)).toBeNull()
})
