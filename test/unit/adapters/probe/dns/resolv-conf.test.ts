import { expect, test } from 'vitest'
import { parseResolvConf } from '../../../../../functions/adapters/probe/dns/resolv-conf.ts'

test.each<[string, string, string[], string[]]>([
  ['nothing', '', [], []],
  ['servers in their order', 'nameserver 192.0.2.1\nnameserver 2001:db8::1\n', ['192.0.2.1', '2001:db8::1'], []],
  ['a zone index', 'nameserver fe80::1%eth0\n', ['fe80::1%eth0'], []],
  [
    'three servers at most',
    '1234'.replace(/./g, 'nameserver 192.0.2.$&\n'),
    ['192.0.2.1', '192.0.2.2', '192.0.2.3'],
    [],
  ],
  ['comments', '# nameserver 192.0.2.1\n; search a\nnameserver\t192.0.2.2 # x\r\n', ['192.0.2.2'], []],
  ['search domains', 'search a.test b.test. .\n', [], ['a.test', 'b.test']],
  ['the last of several', 'search a.test\ndomain b.test\n', [], ['b.test']],
  ['options', 'options ndots:5\n', [], []],
])('%s', (_name, text, servers, searchDomains) => {
  expect(parseResolvConf(text)).toEqual({ servers, searchDomains })
})
