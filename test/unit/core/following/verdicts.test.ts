import { expect, test } from 'vitest'
import { confReason, zoneReason, zoneVerdicts } from '../../../../functions/core/following/verdicts.ts'

const output = `/s/a.example.zone:2: using RFC1035 TTL semantics
zone a.example/IN: loaded serial 5
/s/b.example.zone:5: unknown RR type 'BOGUS'
zone b.example/IN: loading from master file /s/b.example.zone failed: unknown class/type
zone b.example/IN: not loaded due to errors.
_default/b.example/IN: unknown class/type
zone c.example/IN: NS 'ns.c.example' has no address records (A or AAAA)
zone c.example/IN: not loaded due to errors.
_default/c.example/IN: bad zone
`
const zones = ['a', 'b', 'c', 'd'].map(one => ({ zone: `${one}.example`, file: `/s/${one}.example.zone` }))

test('of many zones each has its own verdict; one that nothing was said of was not loaded', () => {
  expect(Object.fromEntries(zoneVerdicts(output, zones))).toEqual({
    'a.example': null,
    'b.example': "line 5: unknown RR type 'BOGUS'",
    'c.example': "zone c.example/IN: NS 'ns.c.example' has no address records (A or AAAA)",
    'd.example': 'refused without a reason',
  })
})

test('a reason is one line, short, and without control characters', () => {
  const long = Array.from({ length: 50 }, () => `/s/x:1: \u001b[31m${'long '.repeat(100)}`).join('\n')
  expect(zoneReason(long, '/s/x').length).toBeLessThan(400)
  expect(zoneReason(long, '/s/x')).not.toMatch(/\p{Cc}/u)
  expect(confReason('/s/x:3: boom\n', '/s/x')).toBe('line 3: boom')
  expect(confReason('', '/s/x')).toBe('refused without a reason')
})
