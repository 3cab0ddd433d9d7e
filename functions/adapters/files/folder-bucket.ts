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

/** Adds the files below `<folder>/<key>` whose keys begin with the prefix; what is not a file is passed over. */
async function list(
  folder: string,
  key: string,
  prefix: string,
  etags: Map<string, string>,
  signal?: AbortSignal,
): Promise<void> {
  for (const name of await namesIn(join(folder, key))) {
    signal?.throwIfAborted()
    const own = key === '' ? name : `${key}/${name}`
    const path = join(folder, own)
    const isBelow = own.startsWith(prefix)
    if (isAside(name) || !(isBelow || prefix.startsWith(`${own}/`))) continue
    const found = await stat(path).catch(() => null)
    if (found?.isDirectory() === true) await list(folder, own, prefix, etags, signal)
    // Other things than files may be endless.
    else if (found?.isFile() === true && isBelow) etags.set(own, await readFile(path).then(etagOf, () => unreadable))
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}
