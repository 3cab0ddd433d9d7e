import { isIPv4, isIPv6 } from 'node:net'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressFault,
  addressType,
  canonicalAddress,
  compareAddresses,
  firstReachable,
  isPublicAddress,
  sortAddresses,
} from '../../../../functions/core/zone/addresses.ts'

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['0.0.0.0', '0.0.0.0'],
  ['255.255.255.255', '255.255.255.255'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['::', '::'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
])('%s is written %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical)
})

test.each([
  '',
  'edge1.example.org',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.01',
  '192.0.2.1 ',
  '0x7f.0.0.1',
  '2130706433',
  '1.2.3.4.5',
  '::ffff:192.0.02.1',
  '::192.0.2',
  'fe80::1%eth0',
  '[::1]',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  '::12345',
  '1.2.3.4::',
])('%j is not a valid address', text => {
  expect(canonicalAddress(text)).toBeNull()
})

test('takes what the platform takes, IPv6 zone ids apart', () => {
  const pieces = fc.constantFrom(':', '::', '0', '1', '01', 'ffff', 'AB', '.', '.1', '1.2.3.4', '256', 'g')
  const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4Extended(), fc.string({ unit: pieces, maxLength: 12 }))
  void fc.assert(
    fc.property(text, value => {
      expect(canonicalAddress(value) !== null).toBe(isIPv4(value) || isIPv6(value))
    }),
    { numRuns: 2000 },
  )
})

test('the canonical spelling is canonical', () => {
  void fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), value => {
      const canonical = canonicalAddress(value) ?? ''
      expect(canonicalAddress(canonical)).toBe(canonical)
    }),
  )
})

test('the type of the record is that of the address', () => {
  expect([addressType('192.0.2.1'), addressType('::1')]).toEqual(['A', 'AAAA'])
})

test('sorts by number, IPv4 first, each once', () => {
  const addresses = ['::2', '10.0.0.1', '9.0.0.1', '2001:db8::1', '10.0.0.1', '::10', '::2']
  expect(sortAddresses(addresses)).toEqual(['9.0.0.1', '10.0.0.1', '::2', '::10', '2001:db8::1'])
})

test('compares as it sorts', () => {
  expect(compareAddresses('9.0.0.1', '10.0.0.1')).toBe(-1)
  expect(compareAddresses('::1', '255.0.0.1')).toBe(1)
  expect(compareAddresses('::1', '::1')).toBe(0)
})

test.each([
  ...['127.0.0.1', '10.0.0.1', '192.168.1.1', '172.16.0.1', '100.64.0.1', '192.0.2.1', '1.0.0.0', '223.255.255.255'],
  ...['169.253.255.255', '169.255.0.0', '255.255.255.254', '::1', 'fd00::1', 'fec0::1', '2001:db8::1', '64:ff9b::1'],
  ...['fe7f::1', '::1:0:0:1', '::fffe:102:304'],
])('%s can be reached', address => {
  expect(addressFault(address)).toBeNull()
  expect(firstReachable(null, undefined, address)).toBe(address)
})

test.each([
  ['0.0.0.0', 'unspecified'],
  ['0.255.255.255', 'unspecified'],
  ['224.0.0.5', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['169.254.0.0', 'link-local'],
  ['169.254.255.255', 'link-local'],
  ['::', 'unspecified'],
  ['ff00::', 'multicast'],
  ['ff02::1', 'multicast'],
  ['ff0e::1', 'multicast'],
  ['fe80::', 'link-local'],
  ['febf:ffff::1', 'link-local'],
  ['::ffff:0:0', 'it is 0.0.0.0 in IPv6 form'],
  ['::ffff:7f58:1', 'it is 127.88.0.1 in IPv6 form'],
  ['::ffff:ffff:ffff', 'it is 255.255.255.255 in IPv6 form'],
  ['::ffff:0:c000:201', 'it is 192.0.2.1 in IPv6 form'],
  ['::c000:201', 'it is 192.0.2.1 in IPv6 form'],
])('%s cannot be reached: %s', (address, why) => {
  expect(addressFault(address)).toContain(why)
  expect(firstReachable(address, '192.0.2.9')).toBe('192.0.2.9')
  expect(firstReachable(address)).toBeNull()
})

test('what is no canonical address is none', () => {
  expect(firstReachable('', 'edge.example', 'fe80::1%eth0', '2001:DB8::1', '192.0.2.1')).toBe('192.0.2.1')
})

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1', true],
  ['2a00:1450::1', true],
  ['10.0.0.1', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
  ['0.1.2.3', false],
  ['192.0.2.1', false],
  ['240.0.0.1', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['fd00:ec2::254', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['::ffff:808:808', false],
  ['::808:808', false],
  ['::ffff:0:808:808', false],
  ['64:ff9b::808:808', false],
  ['64:ff9b:1::a00:1', false],
  ['2002:a00:1::1', false],
  ['2001::1', false],
  ['2001:db8::1', false],
  ['4000::1', false],
])('%s is public: %s (behaviour §10.2)', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic)
})

test('whatever has been asked before, the answer is the same', () => {
  const all = Array.from({ length: 10_050 }, (_, at) => `10.${at >> 14}.${(at >> 7) & 127}.${at & 127}`)
  for (const round of [1, 2]) {
    expect(all.filter(address => firstReachable(address) === address)).toHaveLength(all.length)
    expect(firstReachable('0.0.0.0', '127.1', '192.0.2.1'), `round ${round}`).toBe('192.0.2.1')
  }
})
