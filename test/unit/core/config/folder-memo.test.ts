import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configFolder } from '../../../../functions/adapters/files/config-folder.ts'
import { sealed, unsealed } from '../../../../functions/core/config/compiled.ts'
import {
  type FolderMemo,
  isUnchanged,
  memoName,
  memoText,
  readMemo,
  traced,
} from '../../../../functions/core/config/folder-memo.ts'
import { readingOf, snapshotOf } from '../../../../functions/core/config/folder-reading.ts'
import { productVersion } from '../../../../functions/core/domain/version.ts'
import { type ConfigurationFolder, configurationFolder } from '../../../helpers/configuration.ts'

let folder: ConfigurationFolder
beforeEach(() => {
  folder = configurationFolder(['net', 'two'])
})
afterEach(() => folder.remove())

const sources = () => ({ source: configFolder(folder.path), templates: configFolder('templates') })

function traceNow() {
  const watched = traced(sources())
  const snapshot = snapshotOf(watched.source, watched.templates)
  for (const { name } of snapshot.configuration.networks) readingOf(snapshot, name)
  return watched.trace()
}

const at = (path: string) => join(folder.path, path)
/** The same length, and the time that it had before: only its content tells. */
function swapQuietly(path: string, text: string) {
  folder.write(path, text)
  utimesSync(at(path), new Date(0), new Date(0))
}

describe('a folder that was checked', () => {
  test('is unchanged as long as everything in it is, whatever its time stamps say', () => {
    const trace = traceNow()
    expect(isUnchanged(trace, sources())).toBe(true)
    utimesSync(at('edgemanage.yaml'), new Date(), new Date())
    folder.write('notes.txt', 'nobody reads this')
    folder.write('zones/net/.hidden', '')
    expect(isUnchanged(trace, sources())).toBe(false)
    rmSync(at('zones/net/.hidden'))
    expect(isUnchanged(trace, sources())).toBe(true)
  })

  test.each<[string, () => void]>([
    ['the settings', () => folder.write('edgemanage.yaml', 'goodenough: 1\n')],
    [
      'one letter of an edge',
      () => swapQuietly('edges/net', 'edge1.net.example\nedge2.net.example\nedge4.net.example\n'),
    ],
    ['an include', () => folder.write('zones/net/net.example.zone', 'a A 192.0.2.1\n')],
    ['another zone', () => folder.write('zones/net/b.example.zone', '')],
    ['a zone less', () => rmSync(at('zones/two/two.example.zone'))],
    ['a zone of another name', () => renameSync(at('zones/net/net.example.zone'), at('zones/net/c.example.zone'))],
    ['another network', () => folder.write('edges/three', 'edge1.three.example\n')],
    ['a canary list', () => folder.write('canaries/net', 'net.example: 192.0.2.9\n')],
    ['the test object', () => folder.write('objects/object', 'the Test object\n')],
    [
      'a link to elsewhere',
      () => {
        folder.write('edges/other', 'edge1.net.example\nedge2.net.example\nedge3.net.example\n')
        rmSync(at('edges/net'))
        symlinkSync('other', at('edges/net'))
      },
    ],
    [
      'a folder in the place of a file',
      () => {
        rmSync(at('objects/object'))
        mkdirSync(at('objects/object'))
      },
    ],
    ['nothing is left', () => rmSync(folder.path, { recursive: true })],
  ])('is changed by %s', (_what, change) => {
    const trace = traceNow()
    change()
    expect(isUnchanged(trace, sources())).toBe(false)
  })

  test('is changed by other templates', () => {
    const trace = traceNow()
    const templates = { list: () => null, read: () => Buffer.from('another') }
    expect(isUnchanged(trace, { source: sources().source, templates })).toBe(false)
  })

  test('what could not be read is an answer, too: the same one is no change', () => {
    const cannot = () => {
      throw new Error('EIO')
    }
    const broken = { list: () => ['a'], read: cannot }
    const watched = traced({ source: broken, templates: broken })
    expect(() => watched.source.read('a')).toThrow('EIO')
    watched.templates.list('')
    expect(isUnchanged(watched.trace(), { source: broken, templates: broken })).toBe(true)
    const well = { ...broken, read: () => Buffer.from('EIO') }
    expect(isUnchanged(watched.trace(), { source: well, templates: broken })).toBe(false)
  })

  test('where a source knows of no links, there are none', () => {
    const plain = { list: () => null, read: () => null }
    const withLinks = { ...plain, outside: () => null }
    const watched = traced({ source: withLinks, templates: plain })
    expect(watched.source.outside?.('a')).toBeNull()
    expect(isUnchanged(watched.trace(), { source: plain, templates: plain })).toBe(true)
    const led = { ...plain, outside: () => '/etc' }
    expect(isUnchanged(watched.trace(), { source: led, templates: plain })).toBe(false)
    expect(traced({ source: plain, templates: plain }).source.outside).toBeUndefined()
  })
})

describe('the verdict on a folder', () => {
  test('is given back as it was; damaged, of another form or version it counts for nothing', () => {
    const memo: FolderMemo = { trace: traceNow(), networks: new Map([['net', 'a'.repeat(64)]]), problems: [] }
    const text = memoText(memo)
    expect(readMemo(text)).toEqual(memo)
    expect(readMemo(text.replace('"net"', '"nat"'))).toBeNull()
    expect(readMemo(sealed(String(unsealed(text)).replace(`"${productVersion}"`, '"9"')))).toBeNull()
    expect(readMemo(sealed(String(unsealed(text)).replace('"form":1', '"form":2')))).toBeNull()
    expect(readMemo(null)).toBeNull()
  })

  test('has a name for each folder and version', () => {
    expect(memoName('/a')).not.toBe(memoName('/b'))
    expect(memoName('/a')).toContain(productVersion)
  })
})

test('rights that were taken away are a change, unless nobody can take them away', () => {
  const trace = traceNow()
  chmodSync(at('edges/net'), 0)
  expect(isUnchanged(trace, sources())).toBe(process.getuid?.() === 0)
})
