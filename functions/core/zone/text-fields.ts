import type { Read, RestField, WordField } from './field.ts'
import { quoted } from './finding.ts'
import type { Token } from './master-file.ts'

const maxText = 255
const escapes = /\\(?:(\d{3})|([^\d]))/gs

/** The octets of a text with escapes (`\DDD`, `\X`), or what is wrong with it. */
export function textOctets(text: string): Read {
  const raw = Buffer.from(text, 'utf8').toString('latin1')
  if (raw.replace(escapes, '').includes('\\')) return { fault: `${quoted(text)} has an unfinished escape` }
  const large = [...raw.matchAll(escapes)].find(([, decimal]) => Number(decimal ?? 0) > 255)
  if (large !== undefined) return { fault: `${large[0]} is not an octet` }
  const octets = raw.replace(escapes, (_all, decimal, literal) =>
    decimal === undefined ? literal : String.fromCharCode(Number(decimal)),
  )
  return { octets }
}

function readText({ text }: Token): Read {
  const read = textOctets(text)
  if ('fault' in read) return read
  if (read.octets.length > maxText) return { fault: `this text is longer than ${maxText} octets` }
  return { octets: String.fromCharCode(read.octets.length) + read.octets }
}

/** A text of at most 255 octets, with or without quotes. */
export const text: WordField = { takes: 'word', wanted: 'a text', read: readText }

/** One text or several. */
export const texts: RestField = {
  takes: 'rest',
  wanted: 'a text',
  read: tokens => {
    let octets = ''
    for (const token of tokens) {
      const read = readText(token)
      if ('fault' in read) return { ...read, at: token }
      octets += read.octets
    }
    return { octets }
  },
}

/** A text that takes up the rest of the data, with or without quotes. */
export const value: WordField = { takes: 'word', wanted: 'a text', read: token => textOctets(token.text) }

/** The same, with quotes. */
export const quotedValue: WordField = {
  takes: 'word',
  wanted: 'a text in quotes',
  read: token => (token.quoted ? textOctets(token.text) : { fault: `${quoted(token.text)} needs quotes` }),
}
