import { randomBytes } from 'node:crypto'
import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Bucket } from '../cycle/ports.ts'
import { makeFolder } from './make-folder.ts'

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
    put: async (key, text) => writeWhole(pathOf(key), text),
    delete: async key => rm(pathOf(key), { force: true }),
  }
}

/** Writes the whole file or nothing: aside, to the disk, then into its place. */
async function writeWhole(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path))
  await sweep(path)
  const aside = join(dirname(path), `${asidePrefix(path)}${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    const file = await open(aside, 'wx')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  }
}

const swept = new Set<string>()

/** Removes what killed processes left half-written in this folder; once per process and folder is enough. */
async function sweep(path: string): Promise<void> {
  const folder = dirname(path)
  if (swept.has(folder)) return
  swept.add(folder)
  const left = (await readdir(folder)).filter(name => name.startsWith('.aside-') && !isAlive(name))
  await Promise.all(left.map(name => rm(join(folder, name), { force: true })))
}

function asidePrefix(path: string): string {
  return `.aside-${basename(path)}-`
}

/** Whether the process that a file's name speaks of is still there. */
function isAlive(name: string): boolean {
  const pid = Number(/-(\d+)-[0-9a-f]+$/.exec(name)?.[1])
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}
