import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bucket } from '../../cycle/ports/ports.ts'
import { codeOf, isAside, writeWhole } from './whole-file.ts'

/** The ETag of a file that is there and cannot be read. */
const unreadable = ''

/** The bucket as a folder of plain files under the same keys. Folders are made when something is first written. */
export function createFolderBucket(folder: string): Bucket {
  const pathOf = (key: string) => {
    const parts = key.split('/')
    if (parts.some(part => part === '' || part === '.' || part === '..')) throw new Error(`no key for a file: ${key}`)
    return join(folder, ...parts)
  }
  return {
    get: async key => {
      try {
        return await readFile(pathOf(key), 'utf8')
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null
        throw error
      }
    },
    put: async (key, text) => {
      await writeWhole(pathOf(key), text)
      return etagOf(text)
    },
    delete: async key => rm(pathOf(key), { force: true }),
    list: async (prefix, signal) => {
      const etags = new Map<string, string>()
      await list(folder, '', prefix, etags, signal)
      return etags
    },
    folders: async prefix => {
      const inside = join(folder, prefix)
      const found = await Promise.all(
        (await namesIn(inside)).map(async name => {
          const stats = await stat(join(inside, name)).catch(() => null)
          return stats?.isDirectory() === true ? [name] : []
        }),
      )
      return found.flat()
    },
  }
}

function etagOf(content: string | Uint8Array): string {
  return createHash('md5').update(content).digest('hex')
}

/** So many files are read side by side. */
const readsAtOnce = 32

/** Adds the files below `<folder>/<key>` whose keys begin with the prefix; what is not a file is passed over. */
async function list(
  folder: string,
  key: string,
  prefix: string,
  etags: Map<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  const keyOf = (name: string) => (key === '' ? name : `${key}/${name}`)
  const isAsked = (own: string) => own.startsWith(prefix) || prefix.startsWith(`${own}/`)
  const names = (await namesIn(join(folder, key))).filter(name => !isAside(name) && isAsked(keyOf(name)))
  for (let from = 0; from < names.length; from += readsAtOnce) {
    signal?.throwIfAborted()
    const found = names
      .slice(from, from + readsAtOnce)
      .map(name => lookAt(join(folder, keyOf(name)), keyOf(name), prefix))
    for (const [at, etag] of (await Promise.all(found)).entries()) {
      const own = keyOf(String(names[from + at]))
      if (etag === folderFound) await list(folder, own, prefix, etags, signal)
      else if (etag !== null) etags.set(own, etag)
    }
  }
}

const folderFound = Symbol('a folder')

/** The ETag of the file at a path, or that it is a folder; null for what is neither, or is not asked for. */
async function lookAt(path: string, own: string, prefix: string): Promise<string | typeof folderFound | null> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory() === true) return folderFound
  // Other things than files may be endless.
  if (found?.isFile() !== true || !own.startsWith(prefix)) return null
  return readFile(path).then(etagOf, () => unreadable)
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
