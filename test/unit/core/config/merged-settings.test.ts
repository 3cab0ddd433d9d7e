import { describe, expect, test } from 'vitest'
import { at, mergeSettings, requiredPaths, withDefaults } from '../../../../functions/core/config/merged-settings.ts'

const required = {
  testobject: { host: 'h.example', uri: '/', local: 'o' },
  dns: {
    ns_records: ['ns1.example.com', 'ns2', 'ns3.example.com.'],
    soa_nameserver: 'ns1',
    soa_mailbox: 'a.example.com',
  },
  goodenough: 0.5,
  edge_count: 2,
}

describe('effective settings', () => {
  test('types have one spelling; what is none is told elsewhere', () => {
    const raw = { ...required, dns: { ...required.dns, unchecked_types: ['mb', 'TYPE46', 'no'] } }
    expect(withDefaults(raw).dns.unchecked_types).toEqual(['MB', 'RRSIG'])
    expect(withDefaults(required).dns.unchecked_types).toEqual([])
  })

  test('maps merge, lists replace', () => {
    const above = { dns: { ns_records: ['ns9'], ttl: 60 }, references: ['http://a/'] }
    const merged = mergeSettings({ ...required, references: ['http://b/', 'http://c/'] }, above)
    expect(merged.dns).toEqual({ ...required.dns, ns_records: ['ns9'], ttl: 60 })
    expect(merged.references).toEqual(['http://a/'])
    expect(merged.testobject).toEqual(required.testobject)
  })

  test.each([
    ['http', 80],
    ['https', 443],
    [undefined, 443],
  ] as const)('the port of %s is %i unless it is given', (proto, port) => {
    const testobject = { ...required.testobject, ...(proto === undefined ? {} : { proto }) }
    expect(withDefaults({ ...required, testobject }).testobject.port).toBe(port)
    expect(withDefaults({ ...required, testobject: { ...testobject, port: 8080 } }).testobject.port).toBe(8080)
  })

  test('names of several labels are whole names, dot or not; single labels belong to the zone', () => {
    expect(withDefaults(required).dns).toMatchObject({
      ns_records: ['ns1.example.com.', 'ns2', 'ns3.example.com.'],
      soa_nameserver: 'ns1',
      soa_mailbox: 'a.example.com.',
    })
  })

  test('everything required is found where it is said to be', () => {
    expect(requiredPaths.filter(path => at(required, path) === undefined)).toEqual([])
    expect(at(5, ['a'])).toBeUndefined()
  })

  test('even without a test object there is a protocol', () => {
    const { testobject: _none, ...rest } = required
    expect(withDefaults(rest).testobject).toMatchObject({ proto: 'https', port: 443 })
  })
})
