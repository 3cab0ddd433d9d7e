import { canonicalAddress } from './addresses.ts'
import { isHostName, isHostOwner, parseName } from './names.ts'

const hint = 'a label may only have letters, digits and inner hyphens'

/** How a zone is named everywhere: lower case, without the trailing dot (behaviour §7.7). */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/** Why this (a zone file's name without `.zone`) cannot be the name of a zone; null if it can. */
export function checkZoneName(name: string): string | null {
  const normal = normaliseName(name)
  if (normal === '') return 'a zone needs a name'
  return normal.includes('\\') ? `'${name}' must be written without escapes` : checkDomainName(normal)
}

/** Why this cannot be the name of a name server or another host; null if it can. The trailing dot is optional. */
export function checkDomainName(name: string): string | null {
  const parsed = parseName(name, '.')
  if (parsed.name === null) return parsed.fault
  return name !== '@' && isHostName(parsed.name) ? null : `'${name}' is not a host name: ${hint}`
}

/** A last label like this makes a number of an address of it, or a part of one: no top-level domain is a number. */
const numericEnd = /(^|\.)(\d+|0x[0-9a-f]*)\.?$/i

/**
 * Why this cannot be the name of a host (a name server, an edge): an address, or what reads as one, is not a name. Null if
 * it can. The trailing dot is optional.
 */
export function checkHostName(name: string): string | null {
  if (isAddressLike(name)) return `'${name}' is an address: a host name is needed here`
  if (numericEnd.test(name)) return `'${name}' is neither a host name nor an address: its last label is a number`
  return name === '.' ? `'.' is not the name of a host` : checkDomainName(name)
}

/** Whether this is an address, be it with a final dot, in brackets or with a zone index. */
function isAddressLike(text: string): boolean {
  return canonicalAddress(text.replace(/\.$|%.*$/, '').replace(/^\[(.*)\]$/, '$1')) !== null
}

/** Why this cannot be a rotate label (relative to the zone; `*` may come first); null if it can. */
export function checkRotateLabel(label: string): string | null {
  const parsed = parseName(label, 'zone.')
  if (parsed.name === null) return parsed.fault
  if (label.endsWith('.')) return `'${label}' must be relative to the zone, without the final dot`
  return isHostOwner(parsed.name) ? null : `'${label}' is not a host name: ${hint}`
}

/** Why this cannot be the mailbox of a SOA record (`hostmaster.example.org.`); null if it can. */
export function checkMailbox(mailbox: string): string | null {
  if (mailbox.includes('@')) return `'${mailbox}' must be written with a dot instead of the @`
  if (/[^!-~]|[;()"]/.test(mailbox)) return `'${mailbox}' has characters that no name can have`
  if (isAddressLike(mailbox)) return `'${mailbox}' is an address: a mailbox is needed here`
  const parsed = parseName(mailbox, '.')
  if (parsed.name === null) return parsed.fault
  if (/\..*\.$/.test(parsed.name) && numericEnd.test(parsed.name)) {
    return `'${mailbox}' is not a mailbox: the last label of its host is a number`
  }
  return isHostName(parsed.name.slice(parsed.name.indexOf('.') + 1) || '.')
    ? null
    : `'${mailbox}' is not a mailbox: write user.host.name, and a dot in the user as \\.`
}
