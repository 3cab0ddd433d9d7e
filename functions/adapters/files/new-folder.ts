import { existsSync, readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** Whether nothing stands at this path, or an empty folder. */
export function isFree(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0
}

/** Writes files, by their paths in the folder, that are not there yet; folders are made. Rejects where one is. */
export async function writeNewFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await makeFolder(folder, 'umask')
  for (const [path, content] of files) {
    await makeFolder(dirname(join(folder, path)), 'umask')
    await writeFile(join(folder, path), content, { flag: 'wx' })
  }
}

/** Takes back what `writeNewFiles` wrote into a free folder, which is there and empty again. */
export async function removeNewFiles(folder: string, files: ReadonlyMap<string, unknown>): Promise<void> {
  const first = new Set([...files.keys()].map(path => path.split('/')[0] as string))
  for (const name of first) await rm(join(folder, name), { recursive: true, force: true })
}
