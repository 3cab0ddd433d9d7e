import { expect, test } from 'vitest'
import { checkServer, parseServer } from '../../../../functions/core/config/server-address.ts'

test.each([
  ['192.0.2.1', '192.0.2.1', 53],
  ['192.0.2.1:5353', '192.0.2.1', 5353],
  ['2001:db8::1', '2001:db8::1', 53],
  ['[2001:db8::1]:5353', '2001:db8::1', 5353],
  ['ns1.example.com.', 'ns1.example.com', 53],
  ['ns1.example.com:5353', 'ns1.example.com', 5353],
])('%s is a name server', (text, host, port) => {
  expect(parseServer(text)).toEqual({ host, port })
  expect(checkServer(text)).toBeNull()
})

test.each([
  '',
  ':53',
  '192.0.2',
  '192.0.2.1:0',
  '192.0.2.1:65536',
  '[ns1.example.com]:53',
  'a b',
  '[2001:db8::1',
  'x:y',
])('"%s" is none', text => {
  expect(parseServer(text)).toBeNull()
  expect(checkServer(text)).toContain('is not a name server')
})

test.each([
  '0.0.0.0',
  '0.0.0.0:53',
  '255.255.255.255',
  '224.0.0.1:5353',
  '169.254.1.1',
  '::',
  '[::]:53',
  'ff02::1',
  'fe80::1',
  '::ffff:192.0.2.1',
  '[::ffff:c000:201]:53',
])('%s is an address that nobody can ask (behaviour §1.3)', text => {
  expect(checkServer(text)).toContain('clients cannot reach')
})
