import { expect, test } from 'vitest'
import { parseManifest } from '../../../../functions/core/publication/manifest.ts'
import { areFilesKnown, manifestText, recordedManifest } from '../../../../functions/core/publication/manifest-text.ts'
import { zoneRecord } from '../../../helpers/core.ts'

const sha256 = 'ab'.repeat(32)
const records = new Map([
  ['own.example', zoneRecord({ serial: 9, hash: 'x', file: { serial: 8, sha256 } })],
  ['left.example', zoneRecord({ serial: 9, hash: 'x', unclaimed: true, file: { serial: 8, sha256 } })],
  ['missing.example', zoneRecord({ serial: 9, hash: 'x', file: null })],
  ['new.example', zoneRecord({ serial: 9 })],
])
const facts = { network: 'net', records, namedConf: sha256, areReleased: true, claims: [] }

test('a manifest has what is published: with its own serial, or the last one given out where it is handed over', () => {
  expect(parseManifest(manifestText(facts))).toMatchObject({
    zones: [
      { zone: 'left.example', serial: 9, handedOver: true },
      { zone: 'own.example', serial: 8, handedOver: false },
    ],
    namedConf: { key: 'zones/net/named.conf' },
  })
})

test('a zone that named.conf may still name is claimed, and its file, which may be old, is not to be served', () => {
  expect(parseManifest(manifestText({ ...facts, areReleased: false, namedConf: null }))).toMatchObject({
    zones: [
      { zone: 'left.example', serial: 9, handedOver: true },
      { zone: 'own.example', handedOver: false },
    ],
    claims: ['left.example'],
    namedConf: null,
  })
})

test('what is recorded gives one text, until it changes', () => {
  const before = { zones: records, namedConf: { hash: sha256, due: false } }
  const text = recordedManifest('net', before)
  expect(text).toBe(manifestText(facts))
  expect(recordedManifest('net', before)).toBe(text)
  expect(recordedManifest('other', before)).not.toBe(text)
  expect(parseManifest(recordedManifest('net', before, 'notify no;'))).toMatchObject({ zoneOptions: 'notify no;' })
  expect(recordedManifest('net', { ...before, namedConf: { hash: 'cd'.repeat(32), due: false } })).not.toBe(text)
})

test('files are known once each was read', () => {
  expect(areFilesKnown(records)).toBe(true)
  expect(areFilesKnown(new Map([['old.example', zoneRecord({ hash: 'x' })]]))).toBe(false)
})
