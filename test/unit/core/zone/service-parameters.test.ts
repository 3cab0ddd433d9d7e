import { describe, expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { hasParameter, serviceParameters } from '../../../../functions/core/zone/service-parameters.ts'

const read = (text: string) =>
  serviceParameters.read(scanMasterFile(`(${text})`).entries[0]?.tokens ?? [], { origin: '.', before: '' })

test('parameters are sorted by their keys', () => {
  expect(read('key9 port=1 alpn="h2"')).toEqual({ octets: '\0\x01\0\x03\x02h2\0\x03\0\x02\0\x01\0\x09\0\0' })
  expect(read('')).toEqual({ octets: '' })
})

describe('may stand together', () => {
  test.each([
    'alpn=h2 no-default-alpn',
    'mandatory=port,alpn port=1 alpn=h2',
    'mandatory=no-default-alpn no-default-alpn',
    'alpn="h2"port=1',
    'alpn="a\\"b"',
    'PORT=ab',
    'key65280=a=b',
  ])('%s', text => {
    expect(read(text)).toHaveProperty('octets')
  })
})

describe('may not stand so', () => {
  test.each([
    ['port=1 key3=ab', "the parameter 'port' is listed twice"],
    ['key99 key99', "the parameter 'key99' is listed twice"],
    ['mandatory=alpn', "'mandatory' names 'alpn', which is missing"],
    ['mandatory=mandatory,alpn alpn=h2', "'mandatory' may not name itself"],
    ['mandatory=key99 port=1', "'mandatory' names 'key99', which is missing"],
    ['no-default-alpn', "'no-default-alpn' needs 'alpn'"],
    ['mandatory=no-default-alpn no-default-alpn port=1', "'no-default-alpn' needs 'alpn'"],
    ['apln=h2', "'apln' is not a parameter"],
    ['port=x', "'port=x': this is not a number from 0 to 65535"],
    ['key3=443', "'key3=443': these octets are not a value of port"],
    ['"alpn=h2"', 'quotes stand around the value of a parameter, behind its ='],
    ['alpn= "h2"', "'alpn=': this is not a list of protocols"],
    ['key9=a"b"', 'quotes stand around the value of a parameter, behind its ='],
    ['key9=\n"b"', 'quotes stand around the value of a parameter, behind its ='],
  ])('%s', (text, fault) => {
    expect(read(text)).toMatchObject({ fault })
  })
})

test('a record is asked for its parameters', () => {
  const record = '\0\x01\x01a\x03org\0\0\x01\0\x03\x02h2\0\x04\0\x04abcd'
  expect(hasParameter(record, [4, 6])).toBe(true)
  expect(hasParameter(record, [6])).toBe(false)
  expect(hasParameter('\0\x01\0', [4])).toBe(false)
})
