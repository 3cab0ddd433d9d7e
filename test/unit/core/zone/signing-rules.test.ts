import { expect, test } from 'vitest'
import { findingsOf } from '../../../helpers/zones.ts'

test.each([
  ['@ DS 1 8 2 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', /DS record belongs/],
  ['@ CDNSKEY 257 3 8 AwEAAQ==', /no DNSKEY record of its algorithm/],
  ['@ CDNSKEY 257 3 8 AwEAAQ==\n@ CDNSKEY 0 3 0 AA==', /asks to forget all keys/],
  ['a NSEC3 1 0 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A', /NSEC3/],
])('%s is refused', (text, why) => {
  expect(findingsOf(text).join('\n')).toMatch(why)
})

test('DS below the apex and a request to forget all keys are fine', () => {
  const fine =
    'sub DS 1 8 2 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\nsub NS ns.example.net.\n@ CDNSKEY 0 3 0 AA=='
  expect(findingsOf(fine)).toEqual([])
})
