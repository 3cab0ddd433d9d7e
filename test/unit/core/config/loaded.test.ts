import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configFolder } from '../../../../functions/adapters/files/config-folder.ts'
import { bundleOf } from '../../../../functions/core/config/bundle.ts'
import { loadBundle, loadFiles, templatesIn } from '../../../../functions/core/config/loaded.ts'
import { networkFolder } from '../../../../functions/core/config/network-folder.ts'
import { type ConfigurationFolder, configurationFolder } from '../../../helpers/configuration.ts'

let folder: ConfigurationFolder
const templates = configFolder('templates')
beforeEach(() => {
  folder = configurationFolder(['net', 'two'])
})
afterEach(() => folder.remove())

describe('the files of a bundle (behaviour §11.4)', () => {
  const filesOf = (network: string) =>
    networkFolder(configFolder(folder.path), { network, object: 'objects/object' }, templates)

  test('give the network, its templates and the warnings about it', () => {
    const read = loadFiles('x', 'two', filesOf('two'))
    if ('errors' in read) throw new Error('invalid')
    expect(read.loaded).toMatchObject({ hash: 'x', network: { name: 'two' }, problems: [] })
    expect(read.loaded.templates).toEqual(templatesIn(templates))
  })

  test('are in error where there are none, or those of another network', () => {
    expect(loadFiles('x', 'net', new Map())).toMatchObject({ errors: expect.any(Array) })
    const other = loadFiles('x', 'net', filesOf('two'))
    expect(other).toMatchObject({ errors: [{ message: 'the bundle has no edge list of net' }] })
  })

  test('are in error with every reason', () => {
    folder.write('edges/net', 'two words\nthree more words\n')
    expect(loadFiles('x', 'net', filesOf('net'))).toMatchObject({ errors: [{ line: 1 }, { line: 2 }] })
  })
})

test('templates that are missing are empty', () => {
  expect(templatesIn({ list: () => null, read: () => null })).toEqual({ zone: '', namedConf: '' })
})

describe('a bundle in memory', () => {
  const bundle = () => {
    const files = networkFolder(configFolder(folder.path), { network: 'net', object: 'objects/object' }, templates)
    return bundleOf('net', files)
  }

  test('gives what its files give, with zones and without', () => {
    expect(loadBundle('net', bundle())).toMatchObject({ loaded: { hash: bundle().hash, network: { name: 'net' } } })
    rmSync(join(folder.path, 'zones/net'), { recursive: true })
    expect(loadBundle('net', bundle())).toMatchObject({ loaded: { network: { zones: [] } } })
  })

  test('is in error where anything of it is missing, damaged, or another network’s', () => {
    const { hash, objects } = bundle()
    expect(loadBundle('two', { hash, objects })).toMatchObject({ errors: expect.any(Array) })
    for (const lost of objects.keys()) {
      const rest = new Map([...objects].filter(([name]) => name !== lost))
      expect(loadBundle('net', { hash, objects: rest })).toMatchObject({ errors: expect.any(Array) })
    }
  })
})
