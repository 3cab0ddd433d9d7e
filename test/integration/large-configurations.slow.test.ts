import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadConfiguration } from '../../functions/core/config/configuration.ts'
import { readSettingsFile } from '../../functions/core/config/settings-file.ts'
import { readYaml } from '../../functions/core/config/yaml-file.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { overlay } from '../helpers/overlay.ts'
import { errorsOf } from '../helpers/zones.ts'

// Configurations of a size that few will ever write, and of any content: they are read, and in a moment.

const settings = `testobject: {host: h.example, uri: /, local: o}
dns: {ns_records: [ns1.example.com.], soa_nameserver: ns1.example.com., soa_mailbox: z.example.com.}
goodenough: 0.5
edge_count: 2
`

test.each<[string, (n: number) => string]>([
  ['unknown keys', n => Array.from({ length: n }, (_, at) => `key${at}: 1\n`).join('')],
  [
    'unknown keys of a network',
    n => `networks: {one: {${Array.from({ length: n }, (_, at) => `key${at}: 1`).join()}}}\n`,
  ],
  ['unknown networks', n => `networks: {${Array.from({ length: n }, (_, at) => `net${at}: {}`).join()}}\n`],
  [
    'counts of unknown networks',
    n => `dnet_edge_count: {${Array.from({ length: n }, (_, at) => `net${at}: 1`).join()}}\n`,
  ],
  [
    'hosted zones without an id',
    n => `route53: {zones: {${Array.from({ length: n }, (_, at) => `z${at}: x`).join()}}}\n`,
  ],
])('40,000 %s are told in a moment', measuresTime, (_words, text) => {
  const started = performance.now()
  const { problems } = readSettingsFile(`${settings}${text(40_000)}`, ['one'])
  expect(problems).toHaveLength(40_000)
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('20,000 labels are compared in a moment', measuresTime, () => {
  const labels = Array.from({ length: 20_000 }, (_, at) => `l${at}`).join()
  const text = settings.replace('soa_nameserver:', `rotate_zones: [${labels}, L7], soa_nameserver:`)
  const started = performance.now()
  expect(readSettingsFile(text, ['one']).problems).toMatchObject([
    { message: "dns.rotate_zones.20000: 'L7' is listed twice" },
  ])
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('3,000 networks that all lack the same keys are told once', measuresTime, () => {
  const names = Array.from({ length: 3_000 }, (_, at) => `net${at}`)
  const own = names.map(name => `  ${name}: {workers: 10}\n`).join('')
  const started = performance.now()
  expect(readSettingsFile(`networks:\n${own}`, names).problems).toHaveLength(8)
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('40,000 keys are read and found in a moment', measuresTime, () => {
  const text = Array.from({ length: 40_000 }, (_, at) => `key${at}: {a: 1}\n`).join('')
  const started = performance.now()
  const file = readYaml(text)
  const lines = Array.from({ length: 40_000 }, (_, at) => file.keyAt([`key${at}`]).line)
  expect(lines.every((line, at) => line === at + 1)).toBe(true)
  expect(performance.now() - started).toBeLessThan(15_000)
})

test('an include of a size nobody writes takes no time nobody has', measuresTime, () => {
  const include = Array.from(
    { length: 20_000 },
    (_, at) => `host${at} 5 A 192.0.2.${at % 256}\n TXT ( "a"\n b )\n`,
  ).join('')
  const started = performance.now()
  expect(errorsOf(include)).toEqual([])
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('10,000 zones load in a moment', measuresTime, () => {
  const source = overlay('base')
  const names = Array.from({ length: 10_000 }, (_, at) => `zone${at}.example.zone`)
  const include = new TextEncoder().encode('@ MX 10 mail\nmail A 192.0.2.25\n@ TXT "v=spf1 mx -all"\n')
  const started = performance.now()
  const { networks } = loadConfiguration(
    {
      list: folder => (folder === 'zones/net' ? names : source.list(folder)),
      read: path => (path.startsWith('zones/') ? include : source.read(path)),
    },
    { absolutePaths: 'error' },
  )
  expect(networks[0]?.zones).toHaveLength(10_000)
  expect(performance.now() - started).toBeLessThan(15_000)
})

test('200,000 faults in a file are no more than faults', () => {
  const base = overlay('base')
  const lines = 'bad edge\n'.repeat(200_000)
  for (const file of ['edges/net', 'zones/net/example.org.zone']) {
    const read = (path: string) => (path === file ? new TextEncoder().encode(lines) : base.read(path))
    const { problems } = loadConfiguration({ ...base, read }, { absolutePaths: 'error' })
    expect(problems.length).toBeGreaterThan(0)
  }
})

test('no text in any file makes loading throw', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.json())
  const paths = ['edgemanage.yaml', 'edges/net', 'canaries/net', 'zones/net/example.org.zone', 'objects/object']
  const property = fc.property(fc.constantFrom(...paths), text, (path, content) => {
    const source = overlay('base')
    const read = (asked: string) => (asked === path ? new TextEncoder().encode(content) : source.read(asked))
    expect(loadConfiguration({ ...source, read }, { absolutePaths: 'error' }).problems).toBeInstanceOf(Array)
  })
  void fc.assert(property, { numRuns: 1000 })
})
