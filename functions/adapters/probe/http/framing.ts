import type { Field } from './answer-head.ts'

/** Where a body ends: at once, after this many bytes, with its last chunk, or with the connection (RFC 9112 §6.3). */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'close' }

/** `fault`: no body can be read; `coded`: one could be, but it is not the object as it stands. */
export type Framed = Framing | { readonly fault: string } | { readonly coded: string }

/** Names of codings that may be told; whatever else an edge says is not repeated. */
const codings = ['gzip', 'x-gzip', 'compress', 'x-compress', 'deflate', 'br', 'zstd', 'dcb', 'dcz']

/**
 * How the body of a final answer is to be read. `Transfer-Encoding` beats `Content-Length` (RFC 9112 §6.3); lengths that are
 * given several times must agree. A body that comes compressed fails with that reason, whatever its bytes are (behaviour §1.6).
 */
export function framingOf(status: number, fields: readonly Field[]): Framed {
  const contentCodings = listOf('content-encoding', fields).filter(isCoded)
  if (contentCodings.length > 0) return { coded: codedWords(contentCodings) }
  if (status === 204 || status === 304) return { kind: 'length', bytes: 0 }
  const transfers = listOf('transfer-encoding', fields).filter(isCoded)
  const transferCodings = transfers.filter(name => name !== 'chunked')
  if (transferCodings.length > 0) return { coded: codedWords(transferCodings) }
  return transfers.length > 0 ? { kind: 'chunked' } : byLength(fields)
}

function byLength(fields: readonly Field[]): Framed {
  const given = fields.filter(({ name }) => name === 'content-length').flatMap(({ value }) => value.split(','))
  const lengths = given.map(text => text.trim())
  if (lengths.some(text => !/^\d+$/.test(text))) return { fault: 'its Content-Length is not a number' }
  const different = new Set(lengths.map(text => text.replace(/^0+(?=\d)/, '')))
  if (different.size > 1) return { fault: 'it has several Content-Lengths that differ' }
  const [length] = different
  return length === undefined ? { kind: 'close' } : { kind: 'length', bytes: Number(length) }
}

/** The words of a list that may be spread over several fields, in lower case and without parameters. */
function listOf(name: string, fields: readonly Field[]): string[] {
  return fields
    .filter(field => field.name === name)
    .flatMap(({ value }) => value.split(','))
    .map(word => word.replace(/;.*$/s, '').trim().toLowerCase())
}

function isCoded(word: string): boolean {
  return word !== '' && word !== 'identity'
}

function codedWords(words: readonly string[]): string {
  const known = words.filter(word => codings.includes(word))
  if (known.length === 0) return 'the body comes in a coding that was not asked for'
  return `the body comes compressed (${[...new Set(known)].join(', ')}), which was not asked for`
}
