/** A text file's content as it is read here, or why it is not. */
export type TextFile = { readonly text: string } | { readonly fault: string }

/** Decodes UTF-8, with or without a byte order mark; never throws. */
export function decodeText(bytes: Uint8Array): TextFile {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { fault: 'is not UTF-8 text' }
  }
}
