import { describe, expect, test } from 'vitest'
import {
  checkDomainName,
  checkMailbox,
  checkRotateLabel,
  checkZoneName,
  normaliseName,
} from '../../../functions/core/zone/zone-name.ts'

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
    ['0/25.2.0.192.in-addr.arpa', 'is no host name'],
    ['a_b.org', 'is no host name'],
    ['-a.org', 'is no host name'],
    ['*.org', 'is no host name'],
    ['a b.org', 'is no host name'],
    ['bücher.example', 'is no host name'],
    ['@', "'@' is no host name"],
    ['\\119.org', 'without escapes'],
    ['a".org', 'is no host name'],
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

describe('a rotate label', () => {
  test.each(['www', 'a.b', '*', '*.cdn', '@', 'WWW'])('%s', label => {
    expect(checkRotateLabel(label)).toBeNull()
  })

  test.each([
    ['', 'empty label'],
    ['www.example.org.', 'without the final dot'],
    ['a_b', 'is no host name'],
    ['a.*', 'is no host name'],
    ['a b', 'is no host name'],
  ])('not %j', (label, reason) => {
    expect(checkRotateLabel(label)).toContain(reason)
  })
})

describe('a mailbox', () => {
  test.each(['zone.example.com.', 'first\\.last.example.com.', 'a_b.example.com.', 'zone', '.'])('%s', mailbox => {
    expect(checkMailbox(mailbox)).toBeNull()
  })

  test.each([
    ['zone@example.com.', 'with a dot instead of the @'],
    ['zone..com.', 'empty label'],
    ['first.last.exa_mple.com.', 'is no mailbox'],
    ['zone master.example.com.', 'holds what no name can'],
    ['zone;.example.com.', 'holds what no name can'],
  ])('not %j', (mailbox, reason) => {
    expect(checkMailbox(mailbox)).toContain(reason)
  })
})
