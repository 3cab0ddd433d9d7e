import { describe, expect, test } from 'vitest'
import { sized } from '../../../fixtures/includes/sized.ts'
import { findingsOf } from '../../../helpers/zones.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `m A 192.0.2.${at}\n`).join('')
const many = 'the A records of m.example.org are more than 100'
const long = 'the TXT records of m.example.org are longer than 65512 octets together'

describe('a set has at most 100 records', () => {
  test.each([
    ['100', numbered(100), []],
    ['102', numbered(102), [`101:1: error: ${many}`]],
    ['101 of which two are one', `${numbered(100)}m A 192.0.2.1\n`, [`101:1: error: ${many}`]],
    ['101 of which two are one, in two runs', `${numbered(100)}x TXT a\nm A 192.0.2.1\n`, [`102:1: error: ${many}`]],
    [
      '101 in two runs',
      `${numbered(60)}x TXT a\n${numbered(101).split('\n').slice(60).join('\n')}`,
      [`102:1: error: ${many}`],
    ],
  ])('%s', (_what, include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })

  test('data that is not known counts as another each time', () => {
    const uncheckedTypes = ['X25']
    const errors = findingsOf('m X25 1\n'.repeat(101), { uncheckedTypes }).filter(finding => finding.includes('error'))
    expect(errors).toEqual(['101:1: error: the X25 records of m.example.org are more than 100'])
  })

  test('signatures are sets by what they cover', () => {
    const uncheckedTypes = ['RRSIG', 'SIG']
    const include = `${'m RRSIG A x\n'.repeat(60)}${'m RRSIG TXT x\n'.repeat(60)}m SIG\n`
    const all = findingsOf(include, { uncheckedTypes }).filter(finding => finding.includes('more than'))
    expect(all).toEqual([])
  })
})

describe('a set has at most 65512 octets, two for each record among them', () => {
  test.each([
    ['just so', sized(65_512), []],
    ['one more', sized(65_513), [`2:1: error: ${long}`]],
    ['twice the same', `${sized(65_512)}${sized(65_512)}`, []],
    ['twice the same in two runs', `${sized(65_512)}x TXT a\n${sized(65_512)}`, []],
    ['one more in two runs', sized(65_513).replace('\n', '\nx TXT a\n'), [`3:1: error: ${long}`]],
  ])('%s', (_what, include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })

  test("the template's name servers count at the apex", () => {
    const server = (at: number) => `@ NS ${'s'.repeat(60)}.${String(at).padStart(3, '0')}.example.net.\n`
    const include = Array.from({ length: 99 }, (_, at) => server(at)).join('')
    expect(findingsOf(include, { rotateLabels: [] })).toEqual([
      '99:1: error: the NS records of example.org are more than 100',
    ])
    expect(findingsOf(include.replace(server(98), ''), { rotateLabels: [] })).toEqual([])
  })
})

describe('of different TTLs one holds', () => {
  const told = (line: number, what: string, ttls: string, ttl: number) =>
    `${line}:1: warning: the ${what} have different TTLs (${ttls}): BIND gives all of them ${ttl}`
  test.each([
    ['m 5 TXT a\nm 6 TXT b\n', [told(2, 'TXT records of m.example.org', '5, 6', 5)]],
    ['m 5 TXT a\nx TXT a\nm 6 TXT b\n', [told(3, 'TXT records of m.example.org', '5, 6', 6)]],
    ['m 1 TXT a\nm 2 TXT b\nm 3 TXT c\nm 4 TXT d\n', [told(2, 'TXT records of m.example.org', '1, 2, 3, …', 1)]],
    ['@ 60 NS ns.example.net.\n', [told(1, 'NS records of example.org', '300, 60', 60)]],
    ['@ 300 NS ns.example.net.\n', []],
    ['sub 60 NS ns.example.net.\n', []],
  ])('%j', (include, findings) => {
    expect(findingsOf(include)).toEqual(findings)
  })

  test('name servers right behind those of the template take their TTL', () => {
    expect(findingsOf('@ 60 NS ns.example.net.\n', { rotateLabels: [] })).toEqual([
      told(1, 'NS records of example.org', '300, 60', 300),
    ])
  })
})
