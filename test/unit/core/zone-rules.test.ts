import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../fixtures/zones.ts'

const tail = (findings: readonly string[]) => findings.map(finding => finding.replace(/^\d+:1: /, ''))

describe('single records', () => {
  test.each([
    ['@ SOA a b 1 2 3 4 5', ['error: the SOA record comes from the zone template']],
    ['@ A 192.0.2.9', ['error: the addresses of example.org are those of the live edges: none may stand here']],
    ['\\119wW AAAA ::1', ['error: the addresses of www.example.org are those of the live edges: none may stand here']],
    ['@ CNAME m', ['error: a CNAME stands alone, and example.org has other records']],
    ['www CNAME m', ['error: a CNAME stands alone, and www.example.org has other records']],
    ['* NS ns.example.net.', ['error: a wildcard has no NS records']],
    ['a_b A 192.0.2.9', ['error: a_b.example.org is no host name, and name servers refuse its A record']],
    ['a_b CNAME www', []],
    ['m MX 10 a_b.example.net.', ['error: MX points to a_b.example.net, which is no host name']],
    ['m PTR a_b.example.net.', []],
    ['m SSHFP 1 1 00', ['warning: the data of SSHFP records is not checked']],
    ['@ 5 NS ns.example.net.', ['warning: the first NS record of example.org has another TTL, which is used for all']],
    ['@ 300 NS ns.example.net.', []],
    ['www NS ns.example.net.', ['warning: this NS record hides the published addresses of www.example.org']],
    ['@ DNAME example.net.', ['warning: this DNAME record hides the published addresses of www.example.org']],
  ])('%s', (include, findings) => {
    expect(tail(findingsOf(include))).toEqual(findings)
  })

  test('a host name is wanted behind PTR in a reverse zone', () => {
    expect(findingsOf('9 PTR a_b.example.net.', { zone: '2.0.192.in-addr.arpa' })).toEqual([
      '1:1: error: PTR points to a_b.example.net, which is no host name',
    ])
  })
})

describe('records of signed zones', () => {
  const unchecked = (type: string) => `warning: the data of ${type} records is not checked`
  test.each([
    ['@ DS 1 8 2 ab', ['error: a DS record stands above a zone, not at its own name', unchecked('DS')]],
    ['m TYPE43 1 8 2 ab', [unchecked('DS')]],
    ['@ CDS 1 8 2 ab', ['error: CDS announces a key, and example.org has no DNSKEY record', unchecked('CDS')]],
    ['@ CDS 0 0 0 00', [unchecked('CDS')]],
    ['m CDS 1 8 2 ab', [unchecked('CDS')]],
    [
      '@ CDNSKEY 0 3 8 AA==',
      ['error: CDNSKEY announces a key, and example.org has no DNSKEY record', unchecked('CDNSKEY')],
    ],
    ['@ CDNSKEY 0 3 0 AA==', [unchecked('CDNSKEY')]],
    [
      'm NSEC3 1 0 0 - m A',
      ['error: NSEC3 stands at the hash of a name, which m.example.org is not', unchecked('NSEC3')],
    ],
  ])('%s', (include, findings) => {
    expect(tail(findingsOf(include))).toEqual(findings)
  })

  test('a DNSKEY makes CDS and CDNSKEY its own', () => {
    const include = '@ CDS 1 8 2 ab\n@ CDNSKEY 257 3 8 AwEAAQ==\n@ DNSKEY 257 3 8 AwEAAQ==\n'
    expect(findingsOf(include).filter(finding => finding.includes('error'))).toEqual([])
  })
})

describe('records that share a name', () => {
  test.each([
    ['m CNAME a\nm TXT a\n', ['1:1: error: a CNAME stands alone, and m.example.org has other records']],
    ['m CNAME a\nm CNAME b\n', ['2:1: error: m.example.org has another CNAME already']],
    ['m CNAME a\nM CNAME A\n', []],
    ['m DNAME a\nm DNAME b\n', ['2:1: error: m.example.org has another DNAME already']],
    [
      'm 5 A 192.0.2.9\nm 6 A 192.0.2.8\nm 6 TXT a\n',
      ['2:1: warning: the first A record of m.example.org has another TTL, which is used for all'],
    ],
  ])('%j', (include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })

  test('are at most 100 of a type', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `m A 192.0.2.${at}\n`).join('')
    expect(findingsOf(lines(100))).toEqual([])
    expect(findingsOf(lines(102))).toEqual(['101:1: error: the A records of m.example.org are more than 100'])
  })

  test('are at most 65535 octets together', () => {
    const lines = (count: number) => `m TXT ${`${'a'.repeat(255)} `.repeat(85)}\n`.repeat(count)
    expect(findingsOf(lines(2))).toEqual([])
    expect(findingsOf(lines(5))).toEqual([
      '4:1: error: the TXT records of m.example.org are longer than 65535 octets together',
    ])
  })
})
