import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '../../core/domain/message.ts'
import { maxManifestBytes, maxZoneBytes } from '../../core/following/sizes.ts'
import type { PublishedZones } from '../../cycle/ports/following.ts'
import { codeOf } from './whole-file.ts'

/** What is published into a folder of this machine, with its files under the keys of the bucket. */
export function publishedFolder(folder: string): PublishedZones {
  return {
    manifest: async (network, etag) => {
      try {
        const bytes = await readBounded(join(folder, 'zones', network, 'manifest.json'), maxManifestBytes)
        const found = createHash('md5').update(bytes).digest('hex')
        return found === etag ? { is: 'unchanged' } : { is: 'read', text: bytes.toString('utf8'), etag: found }
      } catch (error) {
        return { is: 'unreadable', reason: `its manifest cannot be read: ${messageOf(error)}` }
      }
    },
    file: async key => {
      if (key.split('/').some(part => part === '' || part === '.' || part === '..'))
        throw new Error(`there cannot be a file of this key: ${key}`)
      return readBounded(join(folder, key), maxZoneBytes)
    },
  }
}

/** The bytes of a plain file; what is longer, or would wait for somebody to write, is refused. */
async function readBounded(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(error => {
    throw codeOf(error) === 'ENOENT' ? new Error(`there is no file ${path}`, { cause: error }) : error
  })
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error(`${path} is not a plain file`)
    if (stats.size > maxBytes) throw new Error(`${path} is larger than ${maxBytes} bytes`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}
