import { createHash } from 'node:crypto'

/** SHA-256 of a text (UTF-8), hexadecimal: two texts with one hash are one content. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** MD5 of a text (UTF-8), hexadecimal: its ETag on S3, unless a key of KMS encrypts it there. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}
