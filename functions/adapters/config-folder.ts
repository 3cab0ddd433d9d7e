import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ConfigSource } from '../core/config/configuration.ts'

/** The configuration in a folder of this machine; absolute paths are read where they point. */
export function configFolder(folder: string): ConfigSource {
  return {
    list: path => unlessMissing(() => readdirSync(resolve(folder, path))),
    read: path => unlessMissing(() => readFileSync(resolve(folder, path))),
  }
}

/** The answer, or null where there is no such file or folder; other troubles are thrown. */
function unlessMissing<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}
