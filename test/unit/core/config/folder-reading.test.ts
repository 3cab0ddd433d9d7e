import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configFolder } from '../../../../functions/adapters/files/config-folder.ts'
import { readingOf, snapshotOf } from '../../../../functions/core/config/folder-reading.ts'
import { loadFiles } from '../../../../functions/core/config/loaded.ts'
import { networkFolder } from '../../../../functions/core/config/network-folder.ts'
import { zonesElsewhere } from '../../../../functions/core/config/zone-files.ts'
import { runOf } from '../../../../functions/core/decision/recording.ts'
import { type ConfigurationFolder, configurationFolder } from '../../../helpers/configuration.ts'
import { stateBefore } from '../../../helpers/core.ts'
import { networkOf } from '../../../helpers/world.ts'

let folder: ConfigurationFolder
const templates = configFolder('templates')
beforeEach(() => {
  folder = configurationFolder(['net', 'two'])
})
afterEach(() => folder.remove())

describe('a folder as bundles', () => {
  test('what a bundle gives is what the folder gives', () => {
    const snapshot = snapshotOf(configFolder(folder.path), templates)
    const reading = readingOf(snapshot, 'net')
    if (reading.is === 'invalid') throw new Error(String(reading.problems[0]?.message))
    const files = networkFolder(snapshot.source, { network: 'net', object: 'objects/object' }, templates)
    const again = loadFiles(reading.bundle.hash, 'net', files)
    expect(again).toEqual({ loaded: reading.loaded })
    expect(reading.settings).toContain('goodenough')
  })

  test('files are read once: what changes meanwhile is in the next reading', () => {
    const snapshot = snapshotOf(configFolder(folder.path), templates)
    folder.write('edges/net', 'other.example\nthird.example\n')
    const before = readingOf(snapshot, 'net')
    const after = readingOf(snapshotOf(configFolder(folder.path), templates), 'net')
    expect(before.is === 'valid' && before.loaded.network.edges).toHaveLength(3)
    expect(after.is === 'valid' && after.loaded.network.edges).toHaveLength(2)
  })

  test('a zone that another network has, too, is an error in the bundle as in the folder', () => {
    folder.write('zones/two/net.example.zone', '')
    const reading = readingOf(snapshotOf(configFolder(folder.path), templates), 'net')
    if (reading.is === 'invalid') throw new Error('invalid')
    const files = networkFolder(configFolder(folder.path), { network: 'net', object: 'objects/object' }, templates)
    const again = loadFiles(reading.bundle.hash, 'net', files)
    expect('loaded' in again && again.loaded.network.zones[0]?.errors).toHaveLength(1)
  })

  test('errors of settings and edges make it invalid, and so does a network that is not there', () => {
    const reasons = (name: string) => {
      const reading = readingOf(snapshotOf(configFolder(folder.path), templates), name)
      return reading.is === 'invalid' ? reading.problems.map(({ message }) => message) : []
    }
    expect(reasons('three')).toEqual(['there is no edge list of three'])
    folder.write('edges/net', 'two words\n')
    expect(reasons('net')).toHaveLength(1)
    expect(reasons('two')).toEqual([])
  })

  test('what cannot be read fails each time it is asked for', () => {
    const broken = {
      ...configFolder(folder.path),
      list: () => {
        throw new Error('EIO')
      },
    }
    const { source } = snapshotOf(broken, templates)
    expect(() => source.list('edges')).toThrow('EIO')
  })
})

test('a list of others that is broken says nothing', () => {
  expect(zonesElsewhere({ list: () => null, read: () => Buffer.from('{') }).size).toBe(0)
})

test('a cycle is recorded with the first 16 digits of its configuration', () => {
  const facts = { network: networkOf([]), before: stateBefore(), participants: { edges: [], canaries: [] } }
  const run = (configuration: string | null) =>
    runOf({ ...facts, live: [], probing: { killed: false }, now: 0, configuration } as unknown as Parameters<
      typeof runOf
    >[0])
  expect(run('0123456789abcdef0123').configuration).toBe('0123456789abcdef')
  expect(run(null).configuration).toBeNull()
})
