import { expect, test } from 'vitest'
import { grammars, uncheckedNames } from '../../../../functions/core/zone/grammars.ts'
import { isNamedType } from '../../../../functions/core/zone/record-types.ts'

const rule =
  'A AAAA CNAME DNAME NS MX TXT SPF SRV CAA PTR TLSA SMIMEA SSHFP DS CDS CDNSKEY DNSKEY HTTPS SVCB NAPTR URI LOC CERT HINFO RP AFSDB OPENPGPKEY'

test('the types of the rule are checked, and the SOA of the template', () => {
  expect(Object.keys(grammars).sort()).toEqual([...rule.split(' '), 'SOA'].sort())
  expect(Object.keys(grammars).every(isNamedType)).toBe(true)
})

test('names are looked at in types that are not checked else', () => {
  expect(Object.keys(uncheckedNames).filter(type => type in grammars)).toEqual([])
})
