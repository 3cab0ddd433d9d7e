import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundleFiles, bundleOf, readBundleRoot, readZoneIndex } from '../../../../functions/core/config/bundle.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'

const bytes = (text: string) => Buffer.from(text)
const sample = new Map<string, Uint8Array>([
  ['edgemanage.yaml', bytes('goodenough: 1\n')],
  ['edges/net', bytes('a.example\n')],
  ['objects/object', Buffer.from([0xff, 0xfe, 0, 1])],
  ['zones/net/b.example.zone', bytes('')],
  ['zones/net/a.example.zone', Buffer.from([0xef, 0xbb, 0xbf, 0x3b])],
])

function restored(network: string, files: ReadonlyMap<string, Uint8Array>) {
  const { hash, objects } = bundleOf(network, files)
  const root = readBundleRoot(String(objects.get(hash)), network)
  if (typeof root === 'string') throw new Error(root)
  const index = root.zones === null ? [] : readZoneIndex(String(objects.get(root.zones)))
  return bundleFiles(root, index ?? [], objects)
}

const plain = (files: ReadonlyMap<string, Uint8Array> | null) =>
  [...(files ?? [])].map(([path, content]) => [path, Buffer.from(content).toString('hex')]).sort()

describe('a bundle (behaviour §11.1)', () => {
  test('has an object for a group of includes only where there is one', () => {
    const { hash, objects } = bundleOf('net', sample)
    const root = readBundleRoot(String(objects.get(hash)), 'net')
    const index =
      typeof root === 'string' || root.zones === null ? null : readZoneIndex(String(objects.get(root.zones)))
    expect(index?.length).toBeLessThanOrEqual(2)
  })

  test('gives its files back, byte for byte, whatever they hold and however they are ordered', () => {
    expect(plain(restored('net', sample))).toEqual(plain(sample))
    const path = fc.constantFrom(
      'edges/net',
      'objects/o',
      'zones/net/a.zone',
      'zones/net/b.zone',
      'zones/.elsewhere.json',
    )
    const content = fc.uint8Array({ maxLength: 40 })
    fc.assert(
      fc.property(fc.array(fc.tuple(path, content)), rows => {
        const files = new Map(rows)
        expect(plain(restored('net', files))).toEqual(plain(files))
        expect(bundleOf('net', new Map([...files].reverse())).hash).toBe(bundleOf('net', files).hash)
      }),
    )
  })

  test('keeps every object under its hash, and parts that stay the same', () => {
    const { hash, objects } = bundleOf('net', sample)
    for (const [sha256, text] of objects) expect(hashText(text)).toBe(sha256)
    const changed = bundleOf('net', new Map([...sample, ['edges/net', bytes('b.example\n')]]))
    expect(changed.hash).not.toBe(hash)
    expect([...changed.objects.keys()].filter(sha256 => !objects.has(sha256))).toHaveLength(2)
  })

  test.each([
    ['no JSON', '{', 'it is not a bundle'],
    ['no map', '[]', 'it is not a bundle'],
    ['another version', '{"version":2}', 'another version of edgemanage (2, not 1)'],
    ['another network', '{"version":1,"network":"other"}', 'belongs to the network other'],
    ['no files', '{"version":1,"network":"net","files":1,"zones":null}', 'it is not a bundle'],
    ['odd files', '{"version":1,"network":"net","files":{"a":1},"zones":null}', 'it is not a bundle'],
    ['odd zones', '{"version":1,"network":"net","files":{},"zones":1}', 'it is not a bundle'],
  ])('a root with %s is refused', (_, text, reason) => {
    expect(readBundleRoot(text, 'net')).toContain(reason)
  })

  test.each(['{', '{}', '[1]'])('%s is not a list of zone parts', text => expect(readZoneIndex(text)).toBeNull())

  test.each<[string, Record<string, string>]>([
    ['a missing file', {}],
    ['a missing group', { a: 'x' }],
    ['a group that is no map', { a: 'x', g: '[]' }],
    ['odd contents', { a: 'x', g: '{"zones/net/a.zone":1}' }],
    ['odd bytes', { a: 'x', g: '{"zones/net/a.zone":[1]}' }],
    ['a file elsewhere', { a: 'x', g: '{"edges/net":"x"}' }],
  ])('%s is no bundle', (_, objects) => {
    const root = { network: 'net', files: { 'edges/net': { sha256: 'a' } }, zones: 'i' }
    expect(bundleFiles(root, ['g'], new Map(Object.entries(objects)))).toBeNull()
  })
})
