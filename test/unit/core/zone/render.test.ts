import { describe, expect, test } from 'vitest'
import { renderTemplate, renderZone } from '../../../../functions/core/zone/render.ts'
import { sampleZone, zoneTemplate } from '../../../helpers/zones.ts'

const linesOf = (zone: string) => zone.split('\n').filter(line => line !== '' && !line.startsWith(';'))

describe('a zone', () => {
  test('has SOA, NS, the addresses at @ and every rotate label, and the include', () => {
    const zone = renderZone(zoneTemplate, sampleZone({ rotateLabels: ['www', 'cdn'], include: 'm MX 10 mail\n' }))
    expect(linesOf(zone)).toEqual([
      '$TTL 300',
      '@ 300 IN SOA dns0.example.com. zone.example.com. 1790000000 43200 10800 1209600 300',
      '@ 300 IN NS dns1.example.com.',
      '@ 300 IN NS dns2.example.com.',
      '@ 300 IN A 192.0.2.1',
      '@ 300 IN AAAA 2001:db8::1',
      'www 300 IN A 192.0.2.1',
      'www 300 IN AAAA 2001:db8::1',
      'cdn 300 IN A 192.0.2.1',
      'cdn 300 IN AAAA 2001:db8::1',
      'm MX 10 mail',
    ])
  })

  test('has each address once and sorted, whatever the order given', () => {
    const addresses = ['10.0.0.2', '2001:db8::1', '9.0.0.1', '10.0.0.2']
    const zone = renderZone(zoneTemplate, sampleZone({ addresses, rotateLabels: [] }))
    expect(linesOf(zone).slice(4)).toEqual(['@ 300 IN A 9.0.0.1', '@ 300 IN A 10.0.0.2', '@ 300 IN AAAA 2001:db8::1'])
    expect(renderZone(zoneTemplate, sampleZone({ addresses: [...addresses].reverse(), rotateLabels: [] }))).toBe(zone)
  })

  test('names a label once', () => {
    const once = renderZone(zoneTemplate, sampleZone())
    expect(renderZone(zoneTemplate, sampleZone({ rotateLabels: ['www', '@', 'www'] }))).toBe(once)
  })

  test('keeps the include verbatim, unescaped', () => {
    const include = 'm TXT "<a href=\'x\'>&amp;{{zone}}</a>" ; {{nothing}}\r\n\ttail'
    expect(renderZone(zoneTemplate, sampleZone({ include }))).toContain(`\n${include}\n; end include`)
  })

  test('is never made without an address', () => {
    expect(() => renderZone(zoneTemplate, sampleZone({ addresses: [] }))).toThrow('zone example.org has no address')
  })
})

test('a template that names what is not there is refused', () => {
  expect(() => renderTemplate('{{zone}} {{serail}}', sampleZone())).toThrow('serail')
  expect(() => renderTemplate('{{#each}', sampleZone())).toThrow('Parse error')
})
