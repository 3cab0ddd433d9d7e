import { describe, expect, test } from 'vitest'
import { parameterFormats, readKey, validParameter } from '../../../../functions/core/zone/service-keys.ts'

describe('values', () => {
  test.each([
    ['mandatory', 'port,alpn', '\0\x01\0\x03'],
    ['alpn', 'h2,h3', '\x02h2\x02h3'],
    ['alpn', 'a\\\\,b', '\x03a,b'],
    ['alpn', 'h2\\044h3', '\x02h2\x02h3'],
    ['no-default-alpn', '', ''],
    ['port', '0443', '\x01\xbb'],
    ['ipv4hint', '192.0.2.1,192.0.2.2', '\xc0\0\x02\x01\xc0\0\x02\x02'],
    ['ipv6hint', '::1', `${'\0'.repeat(15)}\x01`],
    ['ech', '', ''],
    ['ech', 'AQ ID', '\x01\x02\x03'],
    ['dohpath', '/q{?dns}', '/q{?dns}'],
  ] as const)('%s=%s', (key, value, octets) => {
    expect(parameterFormats[key](value)).toEqual({ octets })
  })

  test.each([
    ['mandatory', 'alpn,', 'this is not a list of parameters'],
    ['mandatory', 'alpn,key1', 'a parameter is listed twice'],
    ['alpn', '', 'this is not a list of protocols'],
    ['alpn', 'h2,,h3', 'this is not a list of protocols'],
    ['alpn', 'a'.repeat(256), 'this is not a list of protocols'],
    ['alpn', 'a\\\\', 'this is not a list of protocols'],
    ['alpn', 'a\\', "'a\\' has an unfinished escape"],
    ['no-default-alpn', 'x', 'this has no value'],
    ['port', '65536', 'this is not a number from 0 to 65535'],
    ['ipv4hint', '192.0.2.1,', 'this is not a list of IPv4 addresses'],
    ['ipv6hint', '192.0.2.1', 'this is not a list of IPv6 addresses'],
    ['ech', 'A', 'this is not Base64'],
    ['dohpath', '/q', 'this is not a path with the variable {?dns}'],
    ['dohpath', '\\256', '\\256 is not an octet'],
  ] as const)('not %s=%s', (key, value, fault) => {
    expect(parameterFormats[key](value)).toEqual({ fault })
  })
})

test('keys have names and numbers', () => {
  expect(['ALPN', 'key0', 'key65535', 'key65536', 'key01', 'Key1', 'x'].map(readKey)).toEqual([
    1,
    0,
    65_535,
    null,
    null,
    null,
    null,
  ])
})

describe('octets for a key', () => {
  test.each([
    [0, '\\000\\001\\000\\003'],
    [1, '\\002h2'],
    [2, ''],
    [3, 'ab'],
    [4, 'abcd'],
    [5, 'anything'],
    [6, 'abcdefghijklmnop'],
    [7, '/{dns}'],
    [65_280, 'anything'],
  ])('%i: %s', (key, value) => {
    expect(validParameter(key, value)).toHaveProperty('octets')
  })

  test.each([
    [0, ''],
    [0, 'a'],
    [0, '\\000\\003\\000\\001'],
    [1, ''],
    [1, 'h2'],
    [1, '\\000'],
    [2, 'a'],
    [3, '443'],
    [4, ''],
    [4, 'abc'],
    [6, ''],
    [6, 'abc'],
    [7, '/q'],
    [9, '\\256'],
  ])('not %i: %j', (key, value) => {
    expect(validParameter(key, value)).toHaveProperty('fault')
  })
})
