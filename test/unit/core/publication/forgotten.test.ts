import { expect, test } from 'vitest'
import { manifestWithout, namedConfWithout } from '../../../../functions/core/publication/forgotten.ts'
import { parseManifest } from '../../../../functions/core/publication/manifest.ts'
import { recordedManifest } from '../../../../functions/core/publication/manifest-text.ts'
import { templates, zoneRecord } from '../../../helpers/core.ts'

const file = { serial: 5, sha256: 'a'.repeat(64) }
const published = zoneRecord({ serial: 5, hash: 'h', file })
const records = new Map([
  ['gone.example', published],
  ['kept.example', published],
  ['never.example', zoneRecord()],
])
const namedConf = { hash: 'b'.repeat(64), due: false }
const zonesIn = (text: string) => {
  const found = parseManifest(text)
  return typeof found === 'string' ? found : found.zones.map(({ zone }) => zone)
}

test('named.conf keeps every other zone, those of lost records too', () => {
  const clauses = ['gone.example', 'lost.example']
  const before = { name: 'net', template: templates.namedConf, records, clauses }
  const text = namedConfWithout('gone.example', { ...before, manifest: null })
  expect([...text.matchAll(/zone "(\S+)"/g)].map(([, zone]) => zone)).toEqual(['kept.example', 'lost.example'])
})

test('the options that the manifest tells stay in every clause', () => {
  const told = { zones: records, namedConf }
  const manifest = recordedManifest('net', told, 'notify no;')
  const before = { name: 'net', template: templates.namedConf, records, clauses: [] }
  expect(namedConfWithout('gone.example', { ...before, manifest })).toContain('notify no;')
  for (const other of [recordedManifest('net', told), 'damaged'])
    expect(namedConfWithout('gone.example', { ...before, manifest: other })).not.toContain('notify no;')
  expect(manifestWithout('gone.example', manifest, { name: 'net', records, namedConf })).toContain('notify no;')
})

test('the manifest loses one row; a damaged one is made anew without it', () => {
  const before = { name: 'net', records, namedConf }
  const manifest = recordedManifest('net', { zones: records, namedConf: { hash: 'c'.repeat(64), due: false } })
  expect(zonesIn(manifest)).toEqual(['gone.example', 'kept.example'])
  for (const text of [manifest, 'damaged']) {
    const rest = manifestWithout('gone.example', text, before)
    expect(zonesIn(rest)).toEqual(['kept.example'])
    expect(parseManifest(rest)).toMatchObject({ namedConf: { key: 'zones/net/named.conf', sha256: namedConf.hash } })
  }
})

test('the options of zones stay as the published manifest tells them; without one there are none', () => {
  const before = { name: 'net', template: templates.namedConf, records, clauses: [] }
  const manifest = recordedManifest('net', { zones: records, namedConf }, 'notify no;')
  expect(namedConfWithout('gone.example', { ...before, manifest })).toContain('notify no;')
  expect(namedConfWithout('gone.example', { ...before, manifest: 'damaged' })).not.toContain('notify no;')
  const plain = recordedManifest('net', { zones: records, namedConf })
  expect(namedConfWithout('gone.example', { ...before, manifest: plain })).not.toContain('notify')
  expect(parseManifest(manifestWithout('gone.example', manifest, { name: 'net', records, namedConf }))).toMatchObject({
    zoneOptions: 'notify no;',
  })
})
