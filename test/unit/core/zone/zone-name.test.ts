import { describe, expect, test } from 'vitest'
import {
  checkDomainName,
  checkHostName,
  checkMailbox,
  checkRotateLabel,
  checkZoneName,
  normaliseName,
} from '../../../../functions/core/zone/zone-name.ts'

test.each([
  ['Example.ORG.', 'example.org'],
  ['example.org', 'example.org'],
  ['.', ''],
])('%s is named %s', (name, normal) => {
  expect(normaliseName(name)).toBe(normal)
})

describe('a zone', () => {
  test.each(['example.org', 'EXAMPLE.org.', 'lan', '2.0.192.in-addr.arpa', 'xn--bcher-kva.example'])('%s', name => {
    expect(checkZoneName(name)).toBeNull()
  })

  test.each([
    ['', 'a zone needs a name'],
    ['.', 'a zone needs a name'],
    ['a..b', "'a..b' has an empty label"],
    ['0/25.2.0.192.in-addr.arpa', 'is not a host name'],
    ['a_b.org', 'is not a host name'],
    ['-a.org', 'is not a host name'],
    ['*.org', 'is not a host name'],
    ['a b.org', 'is not a host name'],
    ['bücher.example', 'is not a host name'],
    ['@', "'@' is not a host name"],
    ['\\119.org', 'without escapes'],
    ['a".org', 'is not a host name'],
    [`${'a'.repeat(64)}.org`, 'longer than 63 octets'],
    ['a.'.repeat(128), 'longer than 255 octets'],
  ])('not %j', (name, reason) => {
    expect(checkZoneName(name)).toContain(reason)
  })
})

describe('a name server', () => {
  test.each(['dns1.example.com.', 'dns1', '.'])('%s', name => {
    expect(checkDomainName(name)).toBeNull()
  })

  test.each(['', 'dns_1.example.com.', 'dns1 example', 'dns1..com.'])('not %j', name => {
    expect(checkDomainName(name)).not.toBeNull()
  })
})

describe('the name of a host', () => {
  test.each(['dns1.example.com.', 'dns1', '1.example', '192.0.2.example', '192-0-2-1', 'a.xn--p1ai', '0x.org'])(
    '%s',
    name => {
      expect(checkHostName(name)).toBeNull()
    },
  )

  test.each([
    ['192.0.2.1', 'is an address'],
    ['192.0.2.1.', 'is an address'],
    ['2001:db8::1', 'is an address'],
    ['2001:DB8:0:0::1.', 'is an address'],
    ['::ffff:192.0.2.1', 'is an address'],
    ['[2001:db8::1]', 'is an address'],
    ['fe80::1%eth0', 'is an address'],
    ['192.0.2', 'its last label is a number'],
    ['127.1', 'its last label is a number'],
    ['192.0.2.256', 'its last label is a number'],
    ['192.0.02.1', 'its last label is a number'],
    ['3232235777', 'its last label is a number'],
    ['0x7f.1', 'its last label is a number'],
    ['0x7f000001', 'its last label is a number'],
    ['ns1.example.1.', 'its last label is a number'],
    ['192.0.2.1:53', 'is not a host name'],
    ['ns1\\.example.org', 'is not a host name'],
    ['.', 'is not the name of a host'],
    ['', 'empty label'],
    ['@', 'is not a host name'],
  ])('not %j', (name, reason) => {
    expect(checkHostName(name)).toContain(reason)
  })
})

describe('a rotate label', () => {
  test.each(['www', 'a.b', '*', '*.cdn', '@', 'WWW'])('%s', label => {
    expect(checkRotateLabel(label)).toBeNull()
  })

  test.each([
    ['', 'empty label'],
    ['www.example.org.', 'without the final dot'],
    ['a_b', 'is not a host name'],
    ['a.*', 'is not a host name'],
    ['a b', 'is not a host name'],
  ])('not %j', (label, reason) => {
    expect(checkRotateLabel(label)).toContain(reason)
  })
})

describe('a mailbox', () => {
  test.each(['zone.example.com.', 'first\\.last.example.com.', 'a_b.example.com.', '1.example', 'zone', '.'])(
    '%s',
    mailbox => {
      expect(checkMailbox(mailbox)).toBeNull()
    },
  )

  test.each([
    ['zone@example.com.', 'with a dot instead of the @'],
    ['zone..com.', 'empty label'],
    ['first.last.exa_mple.com.', 'is not a mailbox'],
    ['zone master.example.com.', 'characters that no name can have'],
    ['zone;.example.com.', 'characters that no name can have'],
    ['192.0.2.1', 'is an address'],
    ['192.0.2.1.', 'is an address'],
    ['2001:db8::1', 'is an address'],
    ['::1.', 'is an address'],
    ['[2001:db8::1]', 'is an address'],
    ['hostmaster.192.0.2.1', 'the last label of its host is a number'],
    ['hostmaster.3232235777.', 'the last label of its host is a number'],
    ['127.1', 'the last label of its host is a number'],
  ])('not %j', (mailbox, reason) => {
    expect(checkMailbox(mailbox)).toContain(reason)
  })
})
