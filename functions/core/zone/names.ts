import { quoted } from './finding.ts'

/**
 * An absolute domain name in its one spelling: lower case, final dot, every octet but letters, digits, `-`, `_` and `*`
 * as `\DDD`. So equal names are equal strings, and a dot is always between two labels.
 */
export type Name = string

export type ParsedName = { readonly name: Name; readonly fault: null } | { readonly name: null; readonly fault: string }

const piece = /\\(?<decimal>\d{3})|\\(?<literal>[^\d])|(?<dot>\.)|(?<plain>[^\\])/gsu
const maxLabel = 63
const maxName = 255

/** Reads a name as a master file has it (RFC 1035 §5.1): `@`, escapes, and relative to `origin` without a final dot. */
export function parseName(text: string, origin: Name): ParsedName {
  if (text === '@') return { name: origin, fault: null }
  if (text === '.') return { name: '.', fault: null }
  const labels = ['']
  let read = 0
  for (const found of text.matchAll(piece)) {
    if (found.index !== read) break
    read += found[0].length
    const { decimal, literal, dot, plain } = found.groups as Readonly<Record<string, string | undefined>>
    if (dot !== undefined) labels.push('')
    else if (Number(decimal ?? 0) > 255) return { name: null, fault: `${found[0]} is not an octet` }
    else
      labels.push(labels.pop() + (decimal === undefined ? spell(literal ?? (plain as string)) : octet(Number(decimal))))
  }
  if (read < text.length) return { name: null, fault: `${quoted(text)} has an unfinished escape` }
  const relative = labels.at(-1) !== ''
  if (!relative) labels.pop()
  return measured(text, labels, relative && origin !== '.' ? origin : '')
}

function octet(value: number): string {
  const character = String.fromCharCode(value).toLowerCase()
  return value < 128 && /[a-z0-9*_-]/.test(character) ? character : `\\${String(value).padStart(3, '0')}`
}

function spell(character: string): string {
  return [...Buffer.from(character, 'utf8')].map(octet).join('')
}

function measured(text: string, labels: readonly string[], origin: string): ParsedName {
  if (text === '' || labels.includes('')) return { name: null, fault: `${quoted(text)} has an empty label` }
  if (labels.some(label => octets(label) > maxLabel)) {
    return { name: null, fault: `a label of ${quoted(text)} is longer than ${maxLabel} octets` }
  }
  const name = `${labels.join('.')}.${origin}`
  return octets(name) + 1 > maxName
    ? { name: null, fault: `${quoted(text)} is longer than ${maxName} octets as a full name` }
    : { name, fault: null }
}

function octets(spelled: string): number {
  return spelled.replace(/\\\d{3}/g, '?').length
}

/** Whether a name is `ancestor` or below it. */
export function isWithin(name: Name, ancestor: Name): boolean {
  return ancestor === '.' || name === ancestor || name.endsWith(`.${ancestor}`)
}

/** The names above this one, nearest first, up to and with `top`; none for `top` itself. */
export function ancestors(name: Name, top: Name): Name[] {
  const found: Name[] = []
  for (let at = name; at !== top && at !== '.'; ) {
    at = at.slice(at.indexOf('.') + 1) || '.'
    found.push(at)
  }
  return found
}

/** Whether a host may have this name: letters, digits and inner hyphens. Name servers insist on it. */
export function isHostName(name: Name): boolean {
  return name === '.' || /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+$/.test(name)
}

/** Whether a mailbox may be called so: any printable user, then a host name (BIND's `check-names`). */
export function isMailbox(name: Name): boolean {
  const dot = name.indexOf('.')
  return (
    isHostName(name.slice(dot + 1) || '.') && !/\\(0[0-2]\d|03[0-2]|12[7-9]|1[3-9]\d|2\d\d)/.test(name.slice(0, dot))
  )
}

/** Whether address and mail records are allowed here: a host name, or `*` before one. */
export function isHostOwner(name: Name): boolean {
  return isHostName(name.startsWith('*.') ? name.slice(2) || '.' : name)
}

const hostOwners = ['A', 'A6', 'AAAA', 'MX', 'WKS']
const mailboxOwners = ['MB', 'MG']
/** Names of Active Directory and of SPF's macros, at which BIND takes addresses all the same. */
const directory = /^gc\._msdcs\./
const sender = /^(.*\.)?(_spf|_spf_verify|_spf_rate)\./

/** Whether name servers take a record of this type at this name (BIND's `check-names`). */
export function isOwnerOf(type: string, name: Name): boolean {
  if (mailboxOwners.includes(type)) return isMailbox(name)
  if (!hostOwners.includes(type) || isHostOwner(name)) return true
  if (type === 'A' && sender.test(name)) return true
  return (type === 'A' || type === 'AAAA') && directory.test(name) && isHostName(name.replace(directory, ''))
}

/** A name for people: without the final dot. */
export function shown(name: Name): string {
  return name === '.' ? name : name.slice(0, -1)
}
