import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { ConfigSource } from '../../core/config/source.ts'

/** No file of a configuration is nearly as long; what is longer is not read into memory. */
const maxBytes = 64 * 1024 * 1024

/**
 * The configuration in a folder of this machine; absolute paths are read where they point. What is not a plain file or
 * folder, or is too long, is an error at once: nothing here waits for somebody to write.
 */
export function configFolder(folder: string): ConfigSource {
  const realFolders = new Map<string, string | null>()
  const realFolder = (path: string) => {
    const known = realFolders.get(path)
    if (known !== undefined) return known
    const real = realPath(path)
    realFolders.set(path, real)
    return real
  }
  return {
    list: path => listFolder(resolve(folder, path)),
    read: path => readWhole(resolve(folder, path)),
    outside: path => {
      const asked = resolve(folder, path)
      const home = realFolder(resolve(folder))
      const real = isLink(asked) ? realPath(asked) : inside(realFolder(dirname(asked)), asked)
      return home === null || real === null || `${real}${sep}`.startsWith(`${home.replace(/\/$/, '')}${sep}`)
        ? null
        : real
    },
  }
}

/** Where a path leads to in the end; null where that cannot be said. */
function realPath(path: string): string | null {
  try {
    return realpathSync.native(path)
  } catch {
    return null
  }
}

function inside(folder: string | null, file: string): string | null {
  return folder === null ? null : join(folder, basename(file))
}

/** Whether a path itself (not a folder above it) is a symbolic link; false where nothing can be said. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  } catch {
    return false
  }
}

/** The names in a folder; null where there is none. Throws where something else is in its place. */
function listFolder(path: string): string[] | null {
  try {
    return readdirSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOTDIR') throw new Error('it is not a folder', { cause: error })
    if (code !== 'ENOENT') throw error
    if (isLink(path)) throw new Error('it is a symbolic link to a folder that does not exist', { cause: error })
    return null
  }
}

/** A file's bytes; null where there is none. Throws for what is not a file, and for what is too long. */
function readWhole(path: string): Uint8Array | null {
  const there = unlessMissing(() => statSync(path))
  if (there === null) return null
  insistOnFile(there)
  // Without waiting: should a pipe have taken its place, opening it would last until somebody writes to it.
  const file = unlessMissing(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK))
  if (file === null) return null
  try {
    const stats = fstatSync(file)
    insistOnFile(stats)
    return readBounded(file, stats.size)
  } finally {
    closeSync(file)
  }
}

/** What an open file has, whatever size it claims: some say 0 and never end. */
function readBounded(file: number, size: number): Uint8Array {
  const tooLong = () => new Error(`it is longer than ${maxBytes / 1024 / 1024} MB`)
  if (size > maxBytes) throw tooLong()
  let bytes = Buffer.alloc(size + 1)
  let length = 0
  for (;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null)
    length += read
    if (length > maxBytes) throw tooLong()
    if (read === 0) return bytes.subarray(0, length)
    if (length === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(Math.max(bytes.length, 65_536))])
  }
}

function insistOnFile(stats: Stats): void {
  if (!stats.isFile()) throw new Error(`it is ${kindOf(stats)}, not a file`)
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder'
  if (stats.isFIFO()) return 'a named pipe'
  if (stats.isSocket()) return 'a socket'
  return 'a device'
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
