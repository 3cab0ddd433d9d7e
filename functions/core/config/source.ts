import { messageOf } from '../domain/message.ts'
import type { ConfigSource } from './configuration.ts'
import { decodeText, type TextFile } from './text-file.ts'

/** No list, map or include is nearly as long. */
const largestTextBytes = 16 * 1024 * 1024

/** A file of the folder as text, or why it cannot be had. */
export function readText(source: ConfigSource, path: string): TextFile {
  try {
    const bytes = source.read(path)
    if (bytes === null) return { fault: 'is missing' }
    return bytes.length > largestTextBytes ? { fault: 'is longer than 16 MB' } : decodeText(bytes)
  } catch (error) {
    return { fault: `cannot be read: ${messageOf(error)}` }
  }
}
