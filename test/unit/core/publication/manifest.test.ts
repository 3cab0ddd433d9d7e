import { describe, expect, test } from 'vitest'
import {
  hasAsOwn,
  type Manifest,
  parseManifest,
  renderManifest,
} from '../../../../functions/core/publication/manifest.ts'

const sha256 = 'ab'.repeat(32)
const row = (zone: string, handedOver = false) => ({
  zone,
  key: `zones/net/${zone}.zone`,
  serial: 7,
  sha256,
  handedOver,
})
const manifest: Manifest = {
  network: 'net',
  zones: [row('b.example', true), row('a.example')],
  namedConf: { key: 'zones/net/named.conf', sha256 },
  claims: [],
}

describe('a manifest (contract, "What lands in the bucket")', () => {
  test('is JSON with a version, its zones sorted, and marks what was handed over', () => {
    expect(JSON.parse(renderManifest(manifest))).toEqual({
      version: 1,
      network: 'net',
      zones: [
        { zone: 'a.example', key: 'zones/net/a.example.zone', serial: 7, sha256 },
        { zone: 'b.example', key: 'zones/net/b.example.zone', serial: 7, sha256, handedOver: true },
      ],
      namedConf: { key: 'zones/net/named.conf', sha256 },
    })
  })

  test.each<[string, Manifest]>([
    ['as it is', manifest],
    ['with claims', { ...manifest, claims: ['c.example'] }],
    ['before any named.conf', { ...manifest, namedConf: null }],
    ['with options', { ...manifest, zoneOptions: 'notify no;' }],
  ])('is read back %s', (_how, given) => {
    const zones = [...given.zones].reverse()
    expect(parseManifest(renderManifest(given))).toEqual({ ...given, zones })
  })

  test('may say more than is known of it', () => {
    const more = { ...JSON.parse(renderManifest(manifest)), more: 1 }
    expect(parseManifest(JSON.stringify(more))).toMatchObject({ network: 'net' })
  })

  test('has as its own what it names and what it claims', () => {
    const claiming = { ...manifest, claims: ['c.example'] }
    const zones = ['a.example', 'b.example', 'c.example', 'd.example']
    expect(zones.map(zone => hasAsOwn(claiming, zone))).toEqual([true, false, true, false])
  })

  const sound = JSON.parse(renderManifest(manifest))
  test.each<[string, unknown]>([
    ['is not JSON', '{'],
    ['is not an object', []],
    ['is not an object', null],
    ['version is 2, not 1', { ...sound, version: 2 }],
    ['names no network', { ...sound, network: 1 }],
    ['list of zones is damaged', { ...sound, zones: {} }],
    ['list of zones is damaged', { ...sound, zones: [1] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), serial: -1 }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), serial: 2 ** 32 }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), serial: '7' }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), zone: '' }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), zone: 3 }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), handedOver: 'no' }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), sha256: 'ab' }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), key: 1 }] }],
    ['list of zones is damaged', { ...sound, zones: [{ ...row('a.example'), sha256: 1 }] }],
    ['says of named.conf is damaged', { ...sound, namedConf: 'x' }],
    ['list of claims is damaged', { ...sound, claims: 'x' }],
    ['list of claims is damaged', { ...sound, claims: [1] }],
    ['says of options is damaged', { ...sound, zoneOptions: 1 }],
  ])('that %s cannot be used', (why, value) => {
    expect(parseManifest(typeof value === 'string' ? value : JSON.stringify(value))).toContain(why)
  })
})
