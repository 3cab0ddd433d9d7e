import { addressFault, canonicalAddress } from '../zone/addresses.ts'
import { checkUncheckedType } from '../zone/record-types.ts'
import { checkHostName, checkMailbox, checkRotateLabel } from '../zone/zone-name.ts'
import { checkZoneOptions } from '../zone/zone-options.ts'
import { checkServer } from './server-address.ts'
import type { Fault, TextForm } from './setting-kinds.ts'
import { checkUri, maxUri } from './uri.ts'

/**
 * Kinds of text that settings hold. The patterns are for editors, by the JSON Schema: each matches everything that its
 * check lets pass, and little that it does not. The checks decide.
 */
const nameCharacters = 'A-Za-z0-9.\\\\\\-'

/** A name or an address without the final dot. */
export const host: TextForm = {
  kind: 'text',
  noun: 'host name or address',
  pattern: `^[${nameCharacters}:]*[^.\\s@/]$`,
  check: text => {
    const address = canonicalAddress(text)
    if (address !== null) return addressFault(address)
    return text.endsWith('.') ? `'${text}' must be written without the final dot` : checkHostName(text)
  },
}

/** A name, with or without the final dot. */
export const hostName: TextForm = {
  kind: 'text',
  noun: 'host name',
  pattern: `^[${nameCharacters}]+$`,
  check: checkHostName,
}

export const mailbox: TextForm = {
  kind: 'text',
  noun: 'mailbox with a dot for the @',
  pattern: "^[!#-'*-:<-?A-~]+$",
  check: checkMailbox,
}

export const path: TextForm = {
  kind: 'text',
  noun: 'path',
  pattern: '^/(?!/)(?:[!$&-;=?-\\[\\]_a-z~]|%[0-9A-Fa-f]{2})*$',
  maxLength: maxUri,
  check: checkUri,
}

export const url: TextForm = {
  kind: 'text',
  noun: 'URL',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?:\\S+$',
  check: text => {
    // A URL parser leaves white space and control characters out; nobody who writes them means that.
    const parsed = !/[\s\p{Cc}]/u.test(text) && URL.canParse(text) ? new URL(text) : null
    const isHttp = parsed !== null && ['http:', 'https:'].includes(parsed.protocol)
    return isHttp ? null : `'${text}' is not an http or https URL`
  },
}

export const rotateLabel: TextForm = {
  kind: 'text',
  noun: 'label',
  pattern: '^[^\\s@]*[^\\s@.]$',
  check: checkRotateLabel,
}

export const recordTypeName: TextForm = {
  kind: 'text',
  noun: 'record type',
  pattern: '^[A-Za-z][A-Za-z0-9-]*$',
  check: checkUncheckedType,
}

export const zoneOptions: TextForm = { kind: 'text', noun: 'statements of named.conf', check: checkZoneOptions }

export const nameServer: TextForm = {
  kind: 'text',
  noun: 'name server',
  pattern: `^[${nameCharacters}:\\[\\]]+$`,
  check: checkServer,
}

export const fileName: TextForm = { kind: 'text', noun: 'file', minLength: 1 }

/** Text of which the pattern says everything. */
function patterned(noun: string, pattern: RegExp, otherwise: string): TextForm {
  return { kind: 'text', noun, pattern: pattern.source, check: text => (pattern.test(text) ? null : otherwise) }
}

export const region = patterned('AWS region', /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'is not the name of an AWS region')

export const hostedZoneId = patterned('hosted zone id', /^[A-Z0-9]{1,32}$/, 'is not a hosted zone id')

/** Faults of rotate labels: one twice (upper and lower case are the same), and `@`, which has the addresses anyway. */
export function rotateLabelFaults(labels: readonly string[]): Fault[] {
  const seen = new Set<string>()
  return labels.flatMap((label, at): Fault[] => {
    const isTwice = seen.size === seen.add(label.toLowerCase()).size
    if (label === '@') return [{ path: [at], message: "'@' always has the addresses: leave it out" }]
    return isTwice ? [{ path: [at], message: `'${label}' is listed twice` }] : []
  })
}

/** Faults of a list in which everything may be once. */
export function repetitionFaults(items: readonly string[]): Fault[] {
  return items.flatMap((item, at) =>
    items.indexOf(item) < at ? [{ path: [at], message: `'${item}' is listed twice` }] : [],
  )
}
