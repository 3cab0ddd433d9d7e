import { describe, expect, test } from 'vitest'
import type { ConfigSource } from '../../../../functions/core/config/source.ts'
import { readZones, zoneOfFile, zonesInTwoNetworks } from '../../../../functions/core/config/zone-files.ts'
import { settingsOf } from '../../../helpers/world.ts'

const source = (files: Record<string, string>): ConfigSource => ({
  list: () => null,
  read: path => {
    if (files[path] === 'unreadable') throw new Error('EIO')
    return files[path] === undefined ? null : new TextEncoder().encode(files[path])
  },
})

describe('zone files', () => {
  test('a zone is named by its file, in one spelling', () => {
    expect(zoneOfFile('EXAMPLE.org.zone')).toBe('example.org')
  })

  test('zones in two files are found, across networks and within one', () => {
    const names = new Map([
      ['one', ['a.example.zone', 'b.example.zone']],
      ['two', ['B.example.zone', 'C.example.zone', 'c.example.zone']],
    ])
    expect([...zonesInTwoNetworks(names)]).toEqual([
      ['b.example', ['zones/one/b.example.zone', 'zones/two/B.example.zone']],
      ['c.example', ['zones/two/C.example.zone', 'zones/two/c.example.zone']],
    ])
  })

  test('an include that cannot be read is its zone alone, and its last good one may go on', () => {
    const files = { 'zones/net/a.example.zone': 'unreadable', 'zones/net/b.example.zone': '@ MX 10 mail.example.net.' }
    const names = new Map([['net', ['a.example.zone', 'b.example.zone', 'c.example.zone']]])
    const { zones, problems } = readZones('net', names, source(files), settingsOf(), new Map())
    expect(zones).toMatchObject([
      { name: 'a.example', include: null, publishable: true },
      { name: 'b.example', include: '@ MX 10 mail.example.net.', publishable: true },
      { name: 'c.example', include: null, publishable: true },
    ])
    expect(problems.map(({ file, message }) => [file, message])).toEqual([
      ['zones/net/a.example.zone', 'cannot be read: EIO'],
      ['zones/net/c.example.zone', 'is missing'],
    ])
  })

  test('a zone twice in one network is there once, and publishable no more', () => {
    const names = new Map([['net', ['A.example.zone', 'a.example.zone']]])
    const files = { 'zones/net/A.example.zone': '', 'zones/net/a.example.zone': '' }
    const { zones } = readZones('net', names, source(files), settingsOf(), zonesInTwoNetworks(names))
    expect(zones).toMatchObject([{ name: 'a.example', publishable: false, include: null }])
  })

  test('a zone that is too long for the names in the settings is publishable no more', () => {
    const label = 'l'.repeat(63)
    const long = `${label}.${label}.${label}.example`
    const names = new Map([['net', [`${long}.zone`, 'a.example.zone']]])
    const files = { [`zones/net/${long}.zone`]: '', 'zones/net/a.example.zone': '' }
    const reasonsWith = (changes: object) => {
      const settings = settingsOf()
      const dns = { ...settings.dns, ...changes }
      const { zones } = readZones('net', names, source(files), { ...settings, dns }, new Map())
      expect(zones[0]).toMatchObject({ name: 'a.example', publishable: true })
      return zones[1]?.publishable === true ? [] : zones[1]?.errors.map(({ message, scope }) => [scope, message])
    }
    const fitting = 'x'.repeat(53)
    const tooLong = 'x'.repeat(54)
    const whole = `with a zone of this length, '${tooLong}' is longer than 255 octets as a full name`
    expect(reasonsWith({ rotate_zones: ['www', fitting] })).toEqual([])
    expect(reasonsWith({ rotate_zones: ['www', tooLong] })).toEqual([['zone', `dns.rotate_zones: ${whole}`]])
    expect(reasonsWith({ ns_records: ['ns.example.', tooLong] })).toEqual([['zone', `dns.ns_records: ${whole}`]])
    expect(reasonsWith({ soa_nameserver: tooLong })).toEqual([['zone', `dns.soa_nameserver: ${whole}`]])
    expect(reasonsWith({ soa_mailbox: tooLong })).toEqual([['zone', `dns.soa_mailbox: ${whole}`]])
  })

  test('a network without zones has none', () => {
    expect(readZones('net', new Map(), source({}), settingsOf(), new Map())).toEqual({ zones: [], problems: [] })
  })
})
