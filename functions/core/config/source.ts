import { messageOf } from '../domain/message.ts'
import { decodeText, type TextFile } from './text-file.ts'

/** No list, map or include is nearly as long. */
const maxTextBytes = 16 * 1024 * 1024

/** A file of the folder as text, or why it cannot be had. */
export function readText(source: ConfigSource, path: string): TextFile {
  try {
    const bytes = source.read(path)
    if (bytes === null) return { fault: 'is missing' }
    return bytes.length > maxTextBytes ? { fault: 'is longer than 16 MB' } : decodeText(bytes)
  } catch (error) {
    return { fault: `cannot be read: ${messageOf(error)}` }
  }
}

/** Where a configuration is read from. Paths are relative to its folder, with `/`; absolute ones may be asked for. */
export interface ConfigSource {
  /** The names of the files in a folder; null if there is no such folder. Throws if it cannot be listed. */
  readonly list: (folder: string) => readonly string[] | null
  /** A file's bytes; null if there is no such file. Throws, at once, for whatever cannot be read as a file. */
  readonly read: (path: string) => Uint8Array | null
  /** Where symbolic links lead to from here, if that is outside of the folder; null if not. Left out: there are none. */
  readonly outside?: (path: string) => string | null
}

export interface ConfigOptions {
  /** What a path out of the folder is: a warning on the command line, an error in a deploy. */
  readonly absolutePaths: 'warning' | 'error'
  /** The templates of what is published (`zone.hbs`, `named.conf.hbs`), to be checked with it. */
  readonly templates?: ConfigSource
}
