import { describe, expect, test } from 'vitest'
import { location } from '../../../../functions/core/zone/location.ts'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'

const read = (text: string) => location.read(scanMasterFile(text).entries[0]?.tokens ?? [], { origin: '.', before: '' })

test('a place is sixteen octets (RFC 1876)', () => {
  expect(read('52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m')).toEqual({ octets: place() })
})

/** Worked out by hand: version, size, precisions, latitude, longitude, altitude. */
function place(): string {
  const four = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex').toString('latin1')
  const north = 2 ** 31 + (52 * 3600 + 22 * 60 + 23) * 1000
  const east = 2 ** 31 + (4 * 3600 + 53 * 60 + 32) * 1000
  return `\0\0\x16\x13${four(north)}${four(east)}${four(10_000_000 - 200)}`
}

describe('a place may be', () => {
  test.each([
    '0 N 0 E 0',
    '90 S 180 W 0m',
    '89 59 59.999 N 179 59 59.999 E 1.5m',
    '1 2 .5 N 1 2 5. E 0',
    '1 2 -0 N 1 2 +5 E +1',
    '1 2 N 3 E -100000m',
    '1 N 1 E 42849672.95m 90000000m 0.01m .55m',
  ])('%s', text => {
    expect(read(text)).toHaveProperty('octets')
  })
})

describe('a place is not', () => {
  test.each([
    ['', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['91 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['1 60 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['1 2 60 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['90 0 .1 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['1 2 3 4 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['x N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['1 2 5.1234 N 0 E 0', 'this is not a location: expected degrees (to 90), minutes, seconds and N or S'],
    ['1 N 181 E 0', 'this is not a location: expected degrees (to 180), minutes, seconds and E or W'],
    ['1 N', 'this is not a location: expected degrees (to 180), minutes, seconds and E or W'],
    ['1 N 1', 'this is not a location: expected degrees (to 180), minutes, seconds and E or W'],
    ['1 N 1 E', 'this is not a location: expected an altitude in metres'],
    ['1 N 1 E m', 'this is not a location: expected an altitude in metres'],
    ['1 N 1 E -100000.01m', 'this is not a location: expected an altitude in metres'],
    ['1 N 1 E 42849672.96m', 'this is not a location: expected an altitude in metres'],
    ['1 N 1 E 0 90000001m', "'90000001m' is not a size or precision in metres"],
    ['1 N 1 E 0 1 2 3 4', "'4' is not a size or precision in metres"],
    ['1 "N" 1 E 0', 'a location must not be quoted'],
  ])('%s', (text, fault) => {
    expect(read(text)).toMatchObject({ fault })
  })
})
