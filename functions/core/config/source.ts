import { messageOf } from '../message.ts'
import type { ConfigSource } from './configuration.ts'
import { decodeText, type TextFile } from './text-file.ts'

/** A file of the folder as text, or why it cannot be had. */
export function readText(source: ConfigSource, path: string): TextFile {
  try {
    const bytes = source.read(path)
    return bytes === null ? { fault: 'is missing' } : decodeText(bytes)
  } catch (error) {
    return { fault: `cannot be read: ${messageOf(error)}` }
  }
}
