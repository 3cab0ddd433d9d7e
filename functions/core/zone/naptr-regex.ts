import type { Read, WordField } from './field.ts'
import { groupsOf } from './posix-regex.ts'
import { text } from './text-fields.ts'

/** The substitution of a NAPTR record (RFC 3402 §3.2): nothing, or `!pattern!replacement!flags` with any delimiter. */
export const substitution: WordField = {
  takes: 'word',
  wanted: 'a substitution',
  read: (token, context): Read => {
    const read = text.read(token, context)
    if ('fault' in read || isSubstitution(read.octets.slice(1))) return read
    return { fault: 'this is not a substitution: write !pattern!replacement!, with or without a final i' }
  },
}

function isSubstitution(octets: string): boolean {
  if (octets === '') return true
  const delimiter = octets[0] as string
  if (/[0-9\\i\0]/.test(delimiter) || octets.includes('\0')) return false
  const parts = splitUnescaped(octets.slice(1), delimiter)
  if (parts === null || parts.length !== 3) return false
  const [pattern, replacement, flags] = parts as [string, string, string]
  if (!/^i*$/.test(flags)) return false
  const references = [...replacement.matchAll(/\\(.)/gs)].map(([, character]) => character as string)
  if (references.includes('0')) return false
  const groups = groupsOf(pattern)
  return groups !== null && references.every(one => !/[1-9]/.test(one) || Number(one) <= groups)
}

/** The parts between delimiters without a backslash before them; null where a backslash ends the text. */
function splitUnescaped(octets: string, delimiter: string): string[] | null {
  const parts = ['']
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] as string
    if (octet === delimiter) parts.push('')
    else if (octet !== '\\') parts[parts.length - 1] += octet
    else if (++at === octets.length) return null
    else parts[parts.length - 1] += octet + octets[at]
  }
  return parts
}
