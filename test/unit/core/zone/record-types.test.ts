import { expect, test } from 'vitest'
import {
  checkUncheckedType,
  hasOnlyGenericForm,
  isNamedType,
  recordType,
} from '../../../../functions/core/zone/record-types.ts'

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
  ['TYPE54', 'TYPE54'],
  ['type7', 'MB'],
  ['NSAP-ptr', 'NSAP-PTR'],
  ['TYPE38', 'A6'],
  ['TYPE65533', 'KEYDATA'],
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

test('a type that BIND has a name for is read by its own form, with few exceptions', () => {
  expect(['MB', 'TYPE999', 'FOO'].map(isNamedType)).toEqual([true, false, false])
  expect(['NULL', 'UINFO', 'MB'].map(hasOnlyGenericForm)).toEqual([true, true, false])
})

test.each(['MB', 'mg', 'NULL', 'NSAP-PTR', 'A6', 'APL', 'TYPE46', 'TLSA'])('%s may be published unchecked', type => {
  expect(checkUncheckedType(type)).toBeNull()
})

test.each(['FOO', 'TYPE999', 'MD', 'OPT', 'ANY', ''])('%j may not', type => {
  expect(checkUncheckedType(type)).toBe(`'${type}' is not a record type that BIND knows by name`)
})
