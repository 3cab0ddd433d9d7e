import { expect, test } from 'vitest'
import { checkZone } from '../../../../functions/core/zone/zone-text.ts'
import { zoneWith } from '../../../helpers/zones.ts'

const soa = '@ 5 SOA a.example.net. b.example.net. 1 1 1 1 1\n'
const ns = '@ 5 NS ns.example.net.\n'
const errorsOf = (text: string) =>
  checkZone(text, 'Example.org', [])
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ line, column, message }) => `${line}:${column}: ${message}`)

test('a rendered zone is one', () => {
  expect(checkZone(zoneWith('m MX 10 www\n'), 'example.org', []).findings).toEqual([])
})

test('more addresses than BIND takes by default are no error here: the settings warn of them', () => {
  expect(errorsOf(soa + ns + Array.from({ length: 150 }, (_, at) => `@ 5 A 192.0.2.${at}\n`).join(''))).toEqual([])
})

test.each([
  ['', ['1:1: example.org has no SOA record', '1:1: example.org has no NS record']],
  [ns, ['1:1: example.org has no SOA record']],
  [soa, ['1:1: example.org has no NS record']],
  [soa + soa + ns, ['2:1: example.org has another SOA record already']],
  [soa.replace('@', 'm') + ns, ['1:1: the SOA record belongs at the apex of a zone']],
  [soa + ns.replace('@', 'm'), ['1:1: example.org has no NS record']],
  [soa.replace(' 1 1 1 1 1', ' 1 1 1 1 x') + ns, ["1:47: 'x' is not a time in seconds"]],
  [`${soa}${ns}@ CNAME m\n`, ['3:1: a CNAME must be the only record, and example.org has other records']],
  [
    soa + ns.replace('ns.example.net.', 'ns'),
    ['2:1: the name server ns.example.org is inside the zone and has no address (A or AAAA)'],
  ],
  [
    soa + ns.replace('ns.example.net.', '@'),
    ['2:1: the name server example.org is inside the zone and has no address (A or AAAA)'],
  ],
  [`\ufeff${soa}${ns}`, ['1:1: the character U+FEFF is not allowed outside quotes and comments', '1:3: a name']],
])('%j', (text, errors) => {
  if (text.startsWith('\ufeff')) expect(errorsOf(text)[0]).toBe(errors[0])
  else expect(errorsOf(text)).toEqual(errors)
})
