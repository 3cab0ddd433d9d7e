import { createHash } from 'node:crypto'

/** SHA-256 of a text (UTF-8), base64url: 43 characters. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
