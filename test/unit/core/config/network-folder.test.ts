import { describe, expect, test } from 'vitest'
import {
  folderOf,
  joinedSettings,
  networkFolder,
  reducedSettings,
} from '../../../../functions/core/config/network-folder.ts'
import { readYaml } from '../../../../functions/core/config/yaml-file.ts'

const files = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]))
const folder = {
  'edgemanage.yaml': 'goodenough: 1 # s\nnetworks: {one: {retry: 1}, two: {retry: 2}}\n',
  'edges/one': 'a.example\n',
  'edges/two': 'b.example\n',
  'edges/.hidden': 'x\n',
  'canaries/one': '',
  'objects/object': 'x',
  'zones/one/one.example.zone': '; one\n',
  'zones/one/notes.txt': 'x',
  'zones/two/Two.example.zone': '',
  'zones/two/one.example.zone': '',
}
const none = { list: () => null, read: () => null }

describe('the folder of one network', () => {
  test('has all that its cycles read, and the zones of others', () => {
    const source = folderOf(files(folder))
    const templates = folderOf(files({ 'zone.hbs': 'z', 'named.conf.hbs': 'n' }))
    const found = networkFolder(source, { network: 'one', object: 'objects/object' }, templates)
    const texts = Object.fromEntries([...found].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]))
    expect(Object.keys(texts).sort()).toEqual([
      'canaries/one',
      'edgemanage.yaml',
      'edges/one',
      'objects/object',
      'templates/named.conf.hbs',
      'templates/zone.hbs',
      'zones/.elsewhere.json',
      'zones/one/one.example.zone',
    ])
    expect(JSON.parse(String(texts['zones/.elsewhere.json']))).toEqual({ 'one.example': 'two', 'two.example': 'two' })
    expect(readYaml(String(texts['edgemanage.yaml'])).value).toEqual({ goodenough: 1, networks: { one: { retry: 1 } } })
    // What is reduced already stays as it is.
    const again = networkFolder(
      folderOf(found),
      { network: 'one', object: 'objects/object' },
      folderOf(found, 'templates/'),
    )
    expect([...again].map(([path, bytes]) => [path, Buffer.from(bytes).toString()]).sort()).toEqual(
      Object.entries(texts).sort(),
    )
  })

  test('of one that is broken is what can be read of it', () => {
    const broken = () => {
      throw new Error('EIO')
    }
    expect(networkFolder({ list: broken, read: broken }, { network: 'one', object: null }, null).size).toBe(0)
    expect(networkFolder(none, { network: 'one', object: null }, none).size).toBe(0)
  })

  test.each(['- a\n', 'goodenough: 1 # s\n', 'networks: {one: {}}\n', 'networks: 5\n'])(
    '%j says nothing of others',
    text => {
      expect(reducedSettings(text, 'one')).toBe(text)
    },
  )
})

describe('settings put together again', () => {
  const joined = (texts: Record<string, string>) => readYaml(joinedSettings(new Map(Object.entries(texts)))).value

  test('are the same text where all are', () => {
    expect(joinedSettings(new Map())).toBe('')
    expect(
      joinedSettings(
        new Map([
          ['one', 'a: 1 # x\n'],
          ['two', 'a: 1 # x\n'],
        ]),
      ),
    ).toBe('a: 1 # x\n')
  })

  test('keep what is said of single networks', () => {
    const one = reducedSettings(folder['edgemanage.yaml'], 'one')
    const two = reducedSettings(folder['edgemanage.yaml'], 'two')
    expect(joined({ one, two })).toEqual({ goodenough: 1, networks: { one: { retry: 1 }, two: { retry: 2 } } })
  })

  test('give each its own where what is said of all differs', () => {
    const one = 'goodenough: 1\ndns: {ttl: 5}\nstatefile: x\ndnet_edge_count: {one: 3}\n'
    const two = 'goodenough: 1\ndns: {ttl: 6}\nnetworks: {two: {dns: {soa_mailbox: m}}}\n'
    expect(joined({ one, two })).toEqual({
      goodenough: 1,
      networks: { one: { dns: { ttl: 5 }, edge_count: 3 }, two: { dns: { ttl: 6, soa_mailbox: 'm' } } },
    })
    expect(joined({ one: '- x\n', two: 'goodenough: 2\n' })).toEqual({ networks: { two: { goodenough: 2 } } })
    expect(joined({ one: 'goodenough: 2\nnetworks: {one: }\n', two: 'goodenough: 2\n' })).toEqual({ goodenough: 2 })
  })
})
