import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InvalidEdgeLists, writeEdgeLists } from '../../../functions/library/edge-lists.ts'
import { type ConfigurationFolder, configurationFolder } from '../../helpers/configuration.ts'
import { treeHash } from '../../helpers/workplace.ts'

let folder: ConfigurationFolder

beforeEach(() => {
  folder = configurationFolder(['alpha', 'beta', 'gamma'])
  folder.write('edges/alpha', '# ours\nedge1.example # old\nedge2.example\n')
  folder.write('edges/.alpha.swp', 'x')
  folder.write('edges/Strange', 'x')
})

afterEach(() => folder.remove())

const read = (path: string) => readFileSync(join(folder.path, path), 'utf8')

describe('edge lists are made to match', () => {
  test('creates, updates and deletes, and says which', async () => {
    const { mtimeMs } = statSync(join(folder.path, 'edges/alpha'))
    const done = await writeEdgeLists(folder.path, {
      beta: ['edge9.example', 'edge1.beta.example'],
      delta: ['192.0.2.1'],
      alpha: ['edge2.example', 'edge1.example'],
    })
    expect(done).toEqual({ created: ['delta'], updated: ['beta'], deleted: ['gamma'], unchanged: ['alpha'] })
    expect(read('edges/alpha')).toBe('# ours\nedge1.example # old\nedge2.example\n')
    expect(statSync(join(folder.path, 'edges/alpha')).mtimeMs).toBe(mtimeMs)
    expect(read('edges/beta')).toBe('edge1.beta.example\nedge9.example\n')
    expect(read('edges/delta')).toBe('192.0.2.1\n')
    expect(readdirSync(join(folder.path, 'edges')).sort()).toEqual(['.alpha.swp', 'Strange', 'alpha', 'beta', 'delta'])
    expect(existsSync(join(folder.path, 'zones/gamma'))).toBe(true)
  })

  test('takes a Map, and makes the folder where it is missing', async () => {
    const empty = configurationFolder([])
    expect(await writeEdgeLists(empty.path, new Map([['net', ['a.example']]]))).toMatchObject({ created: ['net'] })
    expect(readFileSync(join(empty.path, 'edges/net'), 'utf8')).toBe('a.example\n')
    empty.remove()
  })

  test('writes a list that was no text anew', async () => {
    writeFileSync(join(folder.path, 'edges/alpha'), Buffer.from([0xff, 0xfe, 0x00]))
    expect(await writeEdgeLists(folder.path, { alpha: ['a.example'] })).toMatchObject({ updated: ['alpha'] })
    expect(read('edges/alpha')).toBe('a.example\n')
  })
})

test('what is not possible is told, all of it, and nothing is touched', async () => {
  const before = treeHash(folder.path)
  const wrong = { alpha: ['edge 1'], 'No Net': ['a'], '../x': ['a'], beta: [], ok: ['fine.example'] }
  const error = await writeEdgeLists(folder.path, wrong).catch(reason => reason)
  expect(error).toBeInstanceOf(InvalidEdgeLists)
  expect(error.reasons).toEqual([
    "alpha: one edge per line: 'edge 1'",
    "'No Net' is not a valid network name",
    "'../x' is not a valid network name",
    'beta: there is no edge in the list: nothing could ever be published',
  ])
  expect(treeHash(folder.path)).toBe(before)
  await expect(writeEdgeLists(join(folder.path, 'nowhere'), {})).rejects.toThrow('is not a folder')
})
