import { expect, test } from 'vitest'
import { host, mailbox, name, nameOctets, serviceTarget } from '../../../../functions/core/zone/name-fields.ts'

const token = (text: string, quoted = false) => ({ line: 1, column: 1, text, quoted })
const context = { origin: 'example.org.', before: '' }

test('a name is its labels, each with its length', () => {
  expect(nameOctets('.')).toBe('\0')
  expect(nameOctets('a\\046b.org.')).toBe('\x03a.b\x03org\0')
})

test('names, hosts and mailboxes', () => {
  expect(name.read(token('A_b'), context)).toEqual({ octets: '\x03a_b\x07example\x03org\0', name: 'a_b.example.org.' })
  expect(name.read(token('a..b'), context)).toEqual({ fault: "'a..b' has an empty label" })
  expect(host.read(token('a'), context)).toHaveProperty('name', 'a.example.org.')
  expect(host.read(token('a_b'), context)).toEqual({
    fault: 'a_b.example.org is not a host name, and name servers refuse it here',
  })
  expect(host.read(token('a', true), context)).toEqual({ fault: 'a name must not be quoted' })
  expect(mailbox.read(token('a_b.c'), context)).toHaveProperty('octets')
  expect(mailbox.read(token('a.b_c'), context)).toEqual({
    fault: 'a.b_c.example.org is not a mailbox, and name servers refuse it here',
  })
})

test('a service is at a host, its alias at any name; quotes are allowed', () => {
  const service = (text: string, priority: string) =>
    serviceTarget.read(token(text, true), { ...context, before: priority })
  expect(service('a_b', '\0\x01')).toHaveProperty('fault')
  expect(service('.', '\0\x01')).toHaveProperty('name', '.')
  expect(service('a_b', '\0\0')).toHaveProperty('name', 'a_b.example.org.')
})
