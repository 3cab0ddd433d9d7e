import type { Read, RestField } from './field.ts'
import type { Token } from './master-file.ts'

const hexadecimal = 'octets in hexadecimal'

/** Octets in hexadecimal over any number of words: of this length, or 'any' (none, too), or 'some' (one at least). */
export function readHex(tokens: readonly Token[], length: number | 'any' | 'some'): Read {
  const joined = tokens.map(token => (token.quoted ? '"' : token.text)).join('')
  if (!/^([0-9a-f]{2})*$/i.test(joined)) return { fault: `this is not ${hexadecimal}, two digits each` }
  const count = joined.length / 2
  if (length === 'some' && count === 0) return { fault: `${hexadecimal} are missing` }
  if (typeof length === 'number' && count !== length) return { fault: `${length} octets belong here, not ${count}` }
  return { octets: Buffer.from(joined, 'hex').toString('latin1') }
}

/** One octet at least, in hexadecimal. */
export const hex: RestField = { takes: 'rest', wanted: hexadecimal, read: tokens => readHex(tokens, 'some') }

/** Octets in hexadecimal, as many as the octet before asks for: by its value, else 'any' or 'some'. */
export function hexBy(lengths: Readonly<Record<number, number>>, otherwise: 'any' | 'some'): RestField {
  return {
    takes: 'rest',
    wanted: hexadecimal,
    read: (tokens, { before }) => readHex(tokens, lengths[before.charCodeAt(before.length - 1)] ?? otherwise),
  }
}

/** The octets of Base64 without blanks, or null: padded, and with no bit set beyond the last octet. */
export function base64Octets(text: string): string | null {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)?$/.test(text)) return null
  const decoded = Buffer.from(text, 'base64')
  return decoded.toString('base64') === text ? decoded.toString('latin1') : null
}

/** One octet at least, in Base64 over any number of words. */
export const base64: RestField = {
  takes: 'rest',
  wanted: 'octets in Base64',
  read: tokens => {
    const octets = base64Octets(tokens.map(token => (token.quoted ? '"' : token.text)).join(''))
    return octets === null || octets === '' ? { fault: 'this is not Base64, or it is cut off' } : { octets }
  },
}
