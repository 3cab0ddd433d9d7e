import { createHash } from 'node:crypto'

/** SHA-256 of a text (UTF-8), hexadecimal: two texts with one hash are one content. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
