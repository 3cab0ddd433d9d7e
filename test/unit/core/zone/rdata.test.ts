import { describe, expect, test } from 'vitest'
import { scanMasterFile } from '../../../../functions/core/zone/master-file.ts'
import { checkRdata, isChecked } from '../../../../functions/core/zone/rdata.ts'

const read = (line: string) => {
  const [type, ...data] = scanMasterFile(line).entries[0]?.tokens ?? []
  return checkRdata(type?.text ?? '', data, 'example.org.', { line: 1, column: 1 })
}
const faultsOf = (line: string) => read(line).faults.map(({ column, message }) => `${column}: ${message}`)

describe('faults', () => {
  test.each([
    ['A 192.0.2.1', []],
    ['A', ['1: A lacks an IPv4 address of four decimal numbers']],
    ['A ::1', ["3: '::1' is not an IPv4 address of four decimal numbers"]],
    ['A "192.0.2.1"', ["3: '192.0.2.1' is not an IPv4 address of four decimal numbers without quotes"]],
    ['A 192.0.2.1 x y', ["13: 'x' is more than A takes", "15: 'y' is more than A takes"]],
    ['A \\# 4 01020304', ['3: the data of A must be written out, without \\#']],
    ['AAAA ::1', []],
    ['AAAA 192.0.2.1', ["6: '192.0.2.1' is not an IPv6 address"]],
    ['AAAA no', ["6: 'no' is not an IPv6 address"]],
    ['CNAME a..b', ["7: 'a..b' has an empty label"]],
    ['CNAME "a"', ['7: a name must not be quoted']],
    [
      'MX 65536 a..b c',
      ["4: '65536' is not a number from 0 to 65535", "10: 'a..b' has an empty label", "15: 'c' is more than MX takes"],
    ],
    ['MX 10', ['1: MX lacks a name']],
    ['MX', ['1: MX lacks a number from 0 to 65535']],
    ['SRV 0 x 5 a', ["7: 'x' is not a number from 0 to 65535"]],
    ['TXT', ['1: TXT lacks a text']],
    ['TXT a "b c" ""', []],
    ['TXT b a\\25 "\\256"', ["7: 'a\\25' has an unfinished escape"]],
    ['TXT "\\256"', ['5: \\256 is not an octet']],
    [`TXT ${'a'.repeat(256)}`, ['5: this text is longer than 255 octets']],
    [`TXT "${'ü'.repeat(128)}"`, ['5: this text is longer than 255 octets']],
    [`TXT "${'\\255\\a'.repeat(127)}"`, []],
    ['CAA 0 issue "a b"', []],
    [
      'CAA 256 a-b',
      ["5: '256' is not a number from 0 to 255", "9: 'a-b' is not a tag of letters and digits", '1: CAA lacks a text'],
    ],
    [`CAA 0 issue ${'a'.repeat(65_528)}`, []],
    [`CAA 0 issue ${'a'.repeat(65_529)}`, ['1: the data of CAA is longer than 65535 octets']],
    ['SSHFP 1 1 whatever', ['11: this is not octets in hexadecimal, two digits each']],
    ['SSHFP 1 1 0102', ['11: 20 octets belong here, not 2']],
    ['SSHFP 1 3', []],
    ['SSHFP', ['1: SSHFP lacks a number from 0 to 255']],
    ['SSHFP \\# 2 0101', ['7: the data of SSHFP must be written out, without \\#']],
    ['OPENPGPKEY', ['1: OPENPGPKEY lacks octets in Base64']],
    ['HTTPS 1 .', []],
    ['RT 1 a_b', ['6: a_b.example.org is not a host name, and name servers refuse it here']],
    ['RT 1 a', []],
    ['RT 1', []],
    ['MINFO a.b a_b.c_d', ['11: a_b.c_d.example.org is not a mailbox, and name servers refuse it here']],
    ['NSAP-PTR', ['1: NSAP-PTR lacks its data']],
    ['NSAP-PTR whatever', []],
    ['APL', []],
    ['NULL \\# 1 00', []],
    ['NULL \\# 2 00', ['6: \\# is not followed by a length and as many octets in hexadecimal']],
    ['X25 \\# 2 0000', ['5: the data of X25 must be written out, without \\#']],
    ['TYPE999 \\# 65536 00', ['9: \\# is not followed by a length and as many octets in hexadecimal']],
    ['TYPE999', ['1: the data of TYPE999 must be written as \\# LENGTH HEX (RFC 3597)']],
    ['TYPE999 \\# 3 010 203', []],
    ['TYPE999 \\# 0', []],
    ['TYPE999 \\#', ['9: \\# is not followed by a length and as many octets in hexadecimal']],
    ['TYPE999 \\# "1" 01', ['9: \\# is not followed by a length and as many octets in hexadecimal']],
    ['TYPE999 \\# 1 "01"', ['9: \\# is not followed by a length and as many octets in hexadecimal']],
    ['TYPE999 \\# 1 xx', ['9: \\# is not followed by a length and as many octets in hexadecimal']],
    ['TYPE999 "\\#" 0', ['9: the data of TYPE999 must be written as \\# LENGTH HEX (RFC 3597)']],
  ])('%s', (line, faults) => {
    expect(faultsOf(line)).toEqual(faults)
  })
})

test.each([
  ['CNAME www', 'www.example.org.'],
  ['MX 10 @', 'example.org.'],
  ['SRV 0 0 0 A.example.net.', 'a.example.net.'],
  ['DNAME .', '.'],
  ['CNAME a..b', null],
  ['CNAME', null],
  ['A 192.0.2.1', null],
  ['TXT www', null],
  ['SSHFP www', null],
  ['HTTPS 1 b alpn=h2', 'b.example.org.'],
])('%s points to %s', (line, target) => {
  expect(read(line).target).toBe(target)
})

test('what is read is the wire format; nothing where there are faults', () => {
  expect(read('TXT "ü\\255\\;" a').octets).toBe('\x04\xc3\xbc\xff;\x01a')
  expect(read('MX 258 A.b').octets).toBe('\x01\x02\x01a\x01b\x07example\x03org\0')
  expect(read('TYPE999 \\# 2 01ff').octets).toBe('\x01\xff')
  expect(read('MX x a').octets).toBeNull()
  expect(read('X25 311').octets).toBeNull()
})

test.each([
  ['A', true],
  ['CAA', true],
  ['SSHFP', true],
  ['SOA', true],
  ['TYPE999', true],
  ['RRSIG', false],
])('%s is checked: %s', (type, checked) => {
  expect(isChecked(type)).toBe(checked)
})
