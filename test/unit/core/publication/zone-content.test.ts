import { expect, test } from 'vitest'
import {
  liveAddresses,
  namedConfText,
  type ZoneInputs,
  zoneHash,
} from '../../../../functions/core/publication/zone-content.ts'
import { settingsOf, zoneOf } from '../../../helpers/world.ts'

const inputs: ZoneInputs = {
  template: 'a template',
  dns: settingsOf().dns,
  include: 'mail 300 IN A 192.0.2.25\n',
  addresses: ['192.0.2.1', '192.0.2.2'],
}

test('while nothing that a zone depends on changes, its hash is made once', () => {
  const zone = zoneOf('once.example')
  expect(zoneHash(zone, inputs, () => 'first')).toBe('first')
  expect(zoneHash(zone, inputs, () => 'again')).toBe('first')
  expect(zoneHash(zone, { ...inputs, addresses: [...inputs.addresses] }, () => 'again')).toBe('first')
  expect(zoneHash(zoneOf('once.example'), inputs, () => 'of another configuration')).toBe('of another configuration')
})

test.each<[string, Partial<ZoneInputs>]>([
  ['template', { template: 'another' }],
  ['settings', { dns: { ...inputs.dns } }],
  ['include', { include: '' }],
  ['number of addresses', { addresses: ['192.0.2.1'] }],
  ['addresses', { addresses: ['192.0.2.1', '192.0.2.3'] }],
])('another %s makes another hash, and so does the way back', (_what, change) => {
  const zone = zoneOf('changed.example')
  expect(zoneHash(zone, inputs, () => 'before')).toBe('before')
  expect(zoneHash(zone, { ...inputs, ...change }, () => 'changed')).toBe('changed')
  expect(zoneHash(zone, inputs, () => 'back')).toBe('back')
})

test('the addresses of a live set are one list', () => {
  const live = [{ address: '192.0.2.2' }, { address: '192.0.2.1' }]
  expect(liveAddresses(live)).toEqual(['192.0.2.2', '192.0.2.1'])
  expect(liveAddresses(live)).toBe(liveAddresses(live))
  expect(liveAddresses([...live])).toEqual(liveAddresses(live))
})

test('named.conf follows its template, its network and its zones', () => {
  const template = '{{network}}:{{#each zones}} {{this}}{{/each}}'
  expect(namedConfText(template, 'net', ['a', 'b'], '')).toBe('net: a b')
  expect(namedConfText(template, 'net', ['a', 'b'], '')).toBe('net: a b')
  expect(namedConfText(template, 'net', ['a', 'c'], '')).toBe('net: a c')
  expect(namedConfText(`${template}!`, 'net', ['a', 'c'], '')).toBe('net: a c!')
  expect(namedConfText(template, 'other', ['a', 'c'], '')).toBe('other: a c')
})
