import { expect, test } from 'vitest'
import { parseHosts } from '../../../../../functions/adapters/probe/dns/hosts-file.ts'

test('a hosts file gives every name its addresses, in their order', () => {
  const text = [
    '# comment',
    '127.0.0.1\tlocalhost Host.Example. # and so on',
    '  ::1 localhost ip6-localhost',
    '192.0.2.1',
    '',
    '192.0.2.2 host.example#192.0.2.3 other',
    '192.0.2.4 twice TWICE twice.\r',
  ]
  expect([...parseHosts(text.join('\n'))]).toEqual([
    ['localhost', ['127.0.0.1', '::1']],
    ['host.example', ['127.0.0.1', '192.0.2.2']],
    ['ip6-localhost', ['::1']],
    ['twice', ['192.0.2.4']],
  ])
})
