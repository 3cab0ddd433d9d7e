import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../helpers/zones.ts'

const words = (name: string, addresses: string) => `${name} has no address that clients can reach, only ${addresses}`

describe('addresses of servers that clients cannot reach (behaviour §1.3, §7.5)', () => {
  test.each([
    ['ns A 0.0.0.0\n', '1:1', '0.0.0.0'],
    ['ns A 224.0.0.5\nns AAAA ff02::1\n', '1:1', '224.0.0.5, ff02::1'],
    ['ns AAAA ::ffff:192.0.2.1\n', '1:1', '::ffff:192.0.2.1'],
    ['a A 192.0.2.1\n* AAAA fe80::1\n', '2:1', 'fe80::1'],
  ])('a name server of the settings with %j is an error', (include, place, addresses) => {
    const error = `${place}: error: ${words('the name server ns.example.org', addresses)}`
    expect(findingsOf(include, { nsRecords: ['ns.example.org.'] })).toEqual([error])
  })

  test.each([
    ['ns A 0.0.0.0\nns A 192.0.2.1\n', ['ns.example.org.']],
    ['ns A 10.0.0.1\n', ['ns.example.org.']],
    ['ns A 0.0.0.0\n', ['ns.example.net.']],
    ['x A 0.0.0.0\n', ['www.example.org.']],
    ['m A 0.0.0.0\nm TXT x\n', []],
  ])('%j with the name servers %j is none', (include, nsRecords) => {
    expect(findingsOf(include, { nsRecords })).toEqual([])
  })

  test.each(['@ NS m\n', '@ MX 10 m\n', '_x._tcp SRV 0 0 0 m\n'])('%j to one of them is a warning', record => {
    expect(findingsOf(`${record}m A 0.0.0.0\n`)).toEqual([`1:1: warning: ${words('m.example.org', '0.0.0.0')}`])
  })
})
