import { describe, expect, test } from 'vitest'
import { accepted } from '../../../fixtures/includes/accepted.ts'
import { refused } from '../../../fixtures/includes/refused.ts'
import { stricter } from '../../../fixtures/includes/stricter.ts'
import { errorsOf, findingsOf } from '../../../helpers/zones.ts'

describe('an include is taken with', () => {
  test.each(accepted)('%s', (_what, include) => {
    expect(errorsOf(include)).toEqual([])
  })
})

describe('an include is refused for', () => {
  test.each([...refused, ...stricter])('%s', (_what, include) => {
    expect(errorsOf(include)).not.toEqual([])
  })
})

test('everything is found at once, in the order of the text', () => {
  const include = 'm TXT "a\n@ A 192.0.2.9\na..b TXT a\nn SSHFP 1 1 00\nx.example.net. MX 99999 y )\n@ NS ns\n'
  expect(findingsOf(include)).toEqual([
    '1:7: error: this quote is not closed on its line',
    '2:1: error: the addresses of example.org are those of the live edges: remove this record',
    "3:1: error: 'a..b' has an empty label",
    '4:13: error: 20 octets belong here, not 1',
    '5:1: error: x.example.net is outside of the zone example.org',
    "5:19: error: '99999' is not a number from 0 to 65535",
    '5:27: error: no parenthesis is open here',
    '6:1: error: the name server ns.example.org is inside the zone and has no address (A or AAAA)',
  ])
})

test('the zone may be named with a trailing dot and in capitals', () => {
  expect(errorsOf('Example.org. TXT a\n', { zone: 'EXAMPLE.ORG.' })).toEqual([])
})
