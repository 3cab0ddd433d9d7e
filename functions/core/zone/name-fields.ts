import type { Context, Read, WordField } from './field.ts'
import { uint16 } from './field.ts'
import type { Token } from './master-file.ts'
import { isHostName, isMailbox, type Name, parseName, shown } from './names.ts'

/** A name in wire format, in lower case. */
export function nameOctets(name: Name): string {
  const labels = name === '.' ? [] : name.slice(0, -1).split('.')
  const octets = labels.map(label => label.replace(/\\(\d{3})/g, (_all, code) => String.fromCharCode(Number(code))))
  return `${octets.map(label => String.fromCharCode(label.length) + label).join('')}\0`
}

function readName(token: Token, { origin }: Context): Read {
  const parsed = parseName(token.text, origin)
  return parsed.fault === null ? { octets: nameOctets(parsed.name), name: parsed.name } : { fault: parsed.fault }
}

function unquoted(token: Token, context: Context): Read {
  return token.quoted ? { fault: 'a name must not be quoted' } : readName(token, context)
}

/** A name that passes `fits`: name servers refuse a primary zone with another one (BIND's `check-names`). */
function nameField(fits: (name: Name) => boolean, what: string): WordField {
  const read = (token: Token, context: Context): Read => {
    const found = unquoted(token, context)
    if ('fault' in found || fits(found.name as Name)) return found
    return { fault: `${shown(found.name as Name)} is ${what}, and name servers refuse it here` }
  }
  return { takes: 'word', wanted: 'a name', read }
}

/** Any name. */
export const name: WordField = { takes: 'word', wanted: 'a name', read: unquoted }

/** The name of a host: letters, digits and inner hyphens. */
export const host = nameField(isHostName, 'not a host name')

/** The mailbox of a person: its user, then the name of a host. */
export const mailbox = nameField(isMailbox, 'not a mailbox')

/** The target of SVCB and HTTPS: quotes are allowed, and any name where the priority before is 0. */
export const serviceTarget: WordField = {
  takes: 'word',
  wanted: 'a name',
  read: (token, context) => (uint16(context.before) === 0 ? readName : readHost)(token, context),
}

function readHost(token: Token, context: Context): Read {
  return host.read({ ...token, quoted: false }, context)
}
