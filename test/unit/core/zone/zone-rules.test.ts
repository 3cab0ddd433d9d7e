import { describe, expect, test } from 'vitest'
import { findingsOf } from '../../../helpers/zones.ts'

const hint = (name: string) => `error: the addresses of ${name} are those of the live edges: no hint may name others`
const added = (type: string) =>
  `error: ${type} records cannot be checked: to publish them anyway, add ${type} to dns.unchecked_types`

describe('single records', () => {
  test.each([
    ['@ SOA a b 1 2 3 4 5', ['error: the SOA record comes from the zone template']],
    ['@ A 192.0.2.9', ['error: the addresses of example.org are those of the live edges: remove this record']],
    ['\\119wW AAAA ::1', ['error: the addresses of www.example.org are those of the live edges: remove this record']],
    ['@ CNAME m', ['error: a CNAME must be the only record, and example.org has other records']],
    ['www CNAME m', ['error: a CNAME must be the only record, and www.example.org has other records']],
    ['* NS ns.example.net.', ['error: a wildcard has no NS records']],
    ['a_b A 192.0.2.9', ['error: a_b.example.org is not a host name, and name servers refuse its A record']],
    ['a_b CNAME www', []],
    [
      'a_b WKS 192.0.2.1 tcp smtp',
      ['error: a_b.example.org is not a host name, and name servers refuse its WKS record', added('WKS')],
    ],
    ['*.a MX 10 a', ['warning: MX points to a.example.org, which has no address']],
    ['a._spf A 192.0.2.9', []],
    ['_spf_rate.a A 192.0.2.9', []],
    ['a._spf AAAA ::1', ['error: a._spf.example.org is not a host name, and name servers refuse its AAAA record']],
    ['gc._msdcs AAAA ::1', []],
    [
      'gc._msdcs.a_b A 192.0.2.9',
      ['error: gc._msdcs.a_b.example.org is not a host name, and name servers refuse its A record'],
    ],
    ['@ HTTPS 1 . ipv4hint=192.0.2.1', [hint('example.org')]],
    ['www HTTPS 1 . alpn=h2 ipv6hint=::1', [hint('www.example.org')]],
    ['www SVCB 1 . key4=\\192\\000\\002\\001', [hint('www.example.org')]],
    ['m HTTPS 1 . ipv4hint=192.0.2.1', []],
    ['@ HTTPS 1 . alpn=h2', []],
    ['@ HTTPS 1 . ipv4hint=x', ["error: 'ipv4hint=x': this is not a list of IPv4 addresses"]],
    ['m RRSIG a', [added('RRSIG')]],
    [
      'm TXT v=DKIM1; k=rsa',
      ["warning: the semicolon behind 'v=DKIM1' begins a comment: a text that holds one needs quotes"],
    ],
    ['m PTR a_b.example.net.', []],
    [
      '@ 5 NS ns.example.net.',
      ['warning: the NS records of example.org have different TTLs (300, 5): BIND gives all of them 5'],
    ],
    ['@ 300 NS ns.example.net.', []],
    ['www NS ns.example.net.', ['warning: this NS record hides the published addresses of www.example.org']],
    ['@ DNAME example.net.', ['warning: this DNAME record hides the published addresses of www.example.org']],
  ])('%s', (include, findings) => {
    // Two findings of one record may be told in any order: the column tells nothing apart.
    expect(new Set(findingsOf(include).map(finding => finding.replace(/^\d+:\d+: /, '')))).toEqual(new Set(findings))
  })

  test('types that the settings name pass with one warning for each', () => {
    const include = 'm X25 311061700956\nm MB a\nn MB b\n'
    expect(findingsOf(include, { uncheckedTypes: ['MB', 'X25'] })).toEqual([
      '1:1: warning: the data of X25 records is not checked',
      '2:1: warning: the data of MB records is not checked',
    ])
  })

  test.each([
    ['9 PTR a_b.example.net.', ['1:1: error: PTR points to a_b.example.net, which is not a host name']],
    ['9 PTR a-b.example.net.', []],
    ['9 PTR a..b', ["1:7: error: 'a..b' has an empty label"]],
    ['b._dns-sd._udp PTR a_b.example.net.', []],
  ])('in a reverse zone: %s', (include, findings) => {
    expect(findingsOf(include, { zone: '2.0.192.in-addr.arpa' })).toEqual(findings)
  })
})

describe('records of signed zones', () => {
  const hash = 'ab'.repeat(32)
  const lacks = (type: string) =>
    `error: ${type} announces a key, and example.org has no DNSKEY record of its algorithm`
  const mixed = (type: string) => `error: ${type} announces a key beside a record that asks to forget all keys`
  test.each([
    [`@ DS 1 8 2 ${hash}`, ['error: a DS record belongs to the parent zone, not to the zone itself']],
    [`m TYPE43 1 8 2 ${hash}`, []],
    [`@ CDS 1 8 2 ${hash}`, [lacks('CDS')]],
    ['@ CDS 1 8 2 ab', ['error: 32 octets belong here, not 1']],
    ['@ CDS 0 0 0 00', []],
    [`m CDS 1 8 2 ${hash}`, []],
    ['@ CDNSKEY 0 3 8 AA==', [lacks('CDNSKEY')]],
    ['@ CDNSKEY 0 3 0 AA==', []],
    [`@ CDS 0 0 0 00\n@ CDS 1 8 2 ${hash}\n@ DNSKEY 257 3 8 AwEAAQ==`, [mixed('CDS')]],
    ['@ CDNSKEY 257 3 13 AwEAAQ==\n@ DNSKEY 257 3 8 AwEAAQ==', [lacks('CDNSKEY')]],
    [`@ CDS 1 8 2 ${hash}\n@ CDNSKEY 257 3 8 AwEAAQ==\n@ DNSKEY 257 3 8 AwEAAQ==`, []],
  ])('%s', (include, findings) => {
    expect(findingsOf(include).map(finding => finding.replace(/^\d+:\d+: /, ''))).toEqual(findings)
  })

  test('NSEC3 stands at the hash of a name', () => {
    expect(findingsOf('m NSEC3 1 0 0 - m A', { uncheckedTypes: ['NSEC3'] })).toEqual([
      '1:1: error: NSEC3 belongs at the hash of a name, and m.example.org is not one',
      '1:1: warning: the data of NSEC3 records is not checked',
    ])
  })
})

describe('records that share a name', () => {
  test.each([
    ['m CNAME a\nm TXT a\n', ['1:1: error: a CNAME must be the only record, and m.example.org has other records']],
    ['m CNAME a\nm CNAME b\n', ['2:1: error: m.example.org has another CNAME already']],
    ['m CNAME a\nM CNAME A\n', []],
    ['m DNAME a\nm DNAME b\n', ['2:1: error: m.example.org has another DNAME already']],
    ['m CNAME a\nm KEY x\nm NSEC y\nm RRSIG z\n', []],
    [
      'm CNAME a\nm NSEC3 y\n',
      [
        '1:1: error: a CNAME must be the only record, and m.example.org has other records',
        '2:1: error: NSEC3 belongs at the hash of a name, and m.example.org is not one',
      ],
    ],
    ['m RESINFO a\nm RESINFO b\n', ['2:1: error: m.example.org has another RESINFO already']],
    ['m RESINFO a\nm RESINFO A\n', []],
  ])('%j', (include, findings) => {
    const uncheckedTypes = ['KEY', 'NSEC', 'NSEC3', 'RESINFO', 'RRSIG']
    const all = findingsOf(include, { uncheckedTypes })
    expect(all.filter(finding => !finding.includes('is not checked'))).toEqual(findings)
  })
})
