import { describe, expect, test } from 'vitest'
import {
  algorithm,
  certificateType,
  digestType,
  ipv4,
  ipv6,
  keyFlags,
  number8,
  number16,
  number32,
  parseSeconds,
  protocol,
  seconds,
  tag,
} from '../../../../functions/core/zone/number-fields.ts'

const fields = {
  algorithm,
  certificateType,
  digestType,
  ipv4,
  ipv6,
  keyFlags,
  number8,
  number16,
  number32,
  protocol,
  seconds,
  tag,
}

const octetsOf = (field: keyof typeof fields, text: string, quoted = false) => {
  const read = fields[field].read({ line: 1, column: 1, text, quoted }, { origin: '.', before: '' })
  return 'fault' in read ? read.fault : Buffer.from(read.octets, 'latin1').toString('hex')
}

describe('right', () => {
  test.each([
    ['number8', '255', 'ff'],
    ['number16', '00258', '0102'],
    ['number32', '4294967295', 'ffffffff'],
    ['algorithm', 'ecdsap256sha256', '0d'],
    ['algorithm', '000000000008', '08'],
    ['digestType', 'SHA-1', '01'],
    ['protocol', 'DNSSEC', '03'],
    ['certificateType', 'pgp', '0003'],
    ['keyFlags', '257', '0101'],
    ['keyFlags', '0x101', '0101'],
    ['keyFlags', '1ff', '01ff'],
    ['keyFlags', 'zone|KSK|', '0101'],
    ['keyFlags', 'Z||SIG15', '410f'],
    ['ipv4', '192.0.2.1', 'c0000201'],
    ['ipv6', '2001:DB8::1', '20010db8000000000000000000000001'],
    ['ipv6', '::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['tag', 'issue', '056973737565'],
    ['seconds', '1h30m', '00001518'],
  ] as const)('%s %s', (field, text, octets) => {
    expect(octetsOf(field, text)).toBe(octets)
  })
})

describe('wrong', () => {
  test.each([
    ['number8', '256', "'256' is not a number from 0 to 255"],
    ['number8', '0x1', "'0x1' is not a number from 0 to 255"],
    ['algorithm', '256', "'256' is not an algorithm (a number from 0 to 255, or its name)"],
    ['algorithm', '0000000000008', "'0000000000008' is not an algorithm (a number from 0 to 255, or its name)"],
    ['algorithm', 'constructor', "'constructor' is not an algorithm (a number from 0 to 255, or its name)"],
    ['keyFlags', '65536', "'65536' is not the flags of a key"],
    ['keyFlags', 'ZONE|BAD', "'ZONE|BAD' is not the flags of a key"],
    ['ipv4', '192.0.2.01', "'192.0.2.01' is not an IPv4 address of four decimal numbers"],
    ['ipv4', '192.0.2.256', "'192.0.2.256' is not an IPv4 address of four decimal numbers"],
    ['ipv6', '::192.0.2.01', "'::192.0.2.01' is not an IPv6 address"],
    ['ipv6', ':::', "':::' is not an IPv6 address"],
    ['ipv6', 'x', "'x' is not an IPv6 address"],
    ['tag', 'a-b', "'a-b' is not a tag of letters and digits"],
    ['seconds', '7102w', "'7102w' is not a time in seconds"],
    ['seconds', '1h30', "'1h30' is not a time in seconds"],
  ] as const)('%s %s', (field, text, fault) => {
    expect(octetsOf(field, text)).toBe(fault)
  })

  test('in quotes', () => {
    expect(octetsOf('number8', '1', true)).toBe("'1' is not a number from 0 to 255 without quotes")
  })
})

test('times are at most as long as name servers read them', () => {
  expect(parseSeconds('1W2d')).toBe(777_600)
  expect(parseSeconds('0'.repeat(64))).toBeNull()
})
