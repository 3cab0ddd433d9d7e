import type { Token } from './master-file.ts'
import type { Name } from './names.ts'

/** What a field was read as: octets as a string of characters up to U+00FF (wire format), or what is wrong with it. */
export type Read = { readonly octets: string; readonly name?: Name } | { readonly fault: string; readonly at?: Token }

/** What is known when a field is read. */
export interface Context {
  /** Relative names end with it. */
  readonly origin: Name
  /** The octets of the fields before. */
  readonly before: string
}

/** One word of a record's data. */
export interface WordField {
  readonly takes: 'word'
  /** For people: what is missing where there is no word. */
  readonly wanted: string
  readonly read: (token: Token, context: Context) => Read
}

/** All words that are left. */
export interface RestField {
  readonly takes: 'rest'
  readonly wanted: string
  readonly read: (tokens: readonly Token[], context: Context) => Read
}

export type Field = WordField | RestField

/** A number as octets in network order. */
export function numberOctets(value: number, octets: 1 | 2 | 4): string {
  const buffer = Buffer.alloc(octets)
  buffer.writeUIntBE(value, 0, octets)
  return buffer.toString('latin1')
}

/** The number that two octets of wire format stand for. */
export function uint16(octets: string, at = 0): number {
  return octets.charCodeAt(at) * 256 + octets.charCodeAt(at + 1)
}
