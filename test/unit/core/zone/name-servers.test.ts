import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../helpers/zones.ts'

const lacking = (name: string) =>
  `error: the name server ${name}.example.org is inside the zone and has no address (A or AAAA)`

describe('name servers of the include', () => {
  test.each([
    ['@ NS ns.example.net.\n', []],
    ['@ NS @\n@ NS www\n', []],
    ['@ NS ns\n', [`1:1: ${lacking('ns')}`]],
    ['@ NS ns\nns AAAA ::1\n', []],
    ['@ NS ns\n* A 192.0.2.9\n', []],
    ['sub NS ns.sub\n', [`1:1: ${lacking('ns.sub')}`]],
    ['sub NS ns.sub\nns.sub A 192.0.2.9\n', []],
    [
      '@ NS ns.m\nns.m A 192.0.2.9\nm DNAME a\n',
      ['1:1: error: the name server ns.m.example.org is below a DNAME, m.example.org'],
    ],
    ['@ NS 192.0.2.1.\n', ['1:1: warning: NS wants a name, not an address']],
    ['@ NS 192.0.2.1\n', [`1:1: ${lacking('192.0.2.1')}`]],
  ])('%j', (include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })
})

describe('name servers of the settings', () => {
  test.each([
    [['ns.example.net.'], '', []],
    [['ns.example.org.'], '; text\n', [`1:1: ${lacking('ns')}`]],
    [['ns.example.org.'], 'ns A 192.0.2.9\n', []],
    [['www'], '', []],
  ])('%j with %j', (nsRecords, include, findings) => {
    expect(findingsOf(include, { nsRecords })).toEqual(findings)
  })
})

describe('mail and service', () => {
  test.each([
    ['@ MX 0 .\n', []],
    ['@ MX 10 www\n', []],
    ['@ MX 10 m\n', ['1:1: warning: MX points to m.example.org, which has no address']],
    ['@ MX 10 m\nm CNAME www\n', ['1:1: warning: MX points to m.example.org, which has no address']],
    ['@ MX 10 192.0.2.1.\n', ['1:1: warning: MX wants a name, not an address']],
    ['_x._tcp SRV 0 0 0 m\n', ['1:1: warning: SRV points to m.example.org, which has no address']],
    ['@ MX 10 m.sub\nsub NS ns.example.net.\n', []],
    ['m CNAME nowhere\n', []],
  ])('%j', (include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })
})
