import type { Context, Field, Read } from './field.ts'
import { quoted } from './finding.ts'
import { grammars, uncheckedNames } from './grammars.ts'
import type { Fault, Place, Token } from './master-file.ts'
import type { Name } from './names.ts'
import { readHex } from './octet-fields.ts'
import { hasOnlyGenericForm, isNamedType } from './record-types.ts'

/** What was read of a record's data. */
export interface Rdata {
  readonly faults: readonly Fault[]
  /** The last name in it; null without one. */
  readonly target: Name | null
  /** Wire format, a character for each octet; null where it is not known. */
  readonly octets: string | null
}

const maxData = 65_535

/** Checks the data of a record; `at`: the place of its type; names are relative to `origin`. */
export function checkRdata(type: string, data: readonly Token[], origin: Name, at: Place): Rdata {
  const [mark] = data
  const grammar = grammars[type]
  if (mark !== undefined && isGeneric(mark)) return generic(type, mark, data.slice(1))
  if (grammar !== undefined) return limited(type, readFields(type, grammar, data, origin, at), at)
  const fault = !isNamedType(type)
    ? `the data of ${type} must be written as \\# LENGTH HEX (RFC 3597)`
    : data.length === 0 && type !== 'APL'
      ? `${type} lacks its data`
      : null
  const faults = fault === null ? nameFaults(type, data, origin) : [faultAt(mark ?? at, fault)]
  return { faults, target: null, octets: null }
}

/** Whether the data of this type is checked: its grammar is known, or it is octets (RFC 3597). */
export function isChecked(type: string): boolean {
  return type in grammars || !isNamedType(type)
}

function faultAt({ line, column }: Place, message: string): Fault {
  return { line, column, message }
}

function isGeneric(token: Token): boolean {
  return !token.quoted && token.text === '\\#'
}

function generic(type: string, mark: Token, [length, ...digits]: readonly Token[]): Rdata {
  const wrong = (message: string) => ({ faults: [faultAt(mark, message)], target: null, octets: null })
  if (isNamedType(type) && !hasOnlyGenericForm(type)) {
    return wrong(`the data of ${type} must be written out, without \\#`)
  }
  const counted = length !== undefined && !length.quoted && /^\d+$/.test(length.text) && Number(length.text) <= maxData
  const read: Read = counted ? readHex(digits, Number(length.text)) : { fault: 'no length' }
  if ('fault' in read) return wrong('\\# is not followed by a length and as many octets in hexadecimal')
  return { faults: [], target: null, octets: read.octets }
}

function limited(type: string, rdata: Rdata, at: Place): Rdata {
  if ((rdata.octets?.length ?? 0) <= maxData) return rdata
  return { ...rdata, faults: [faultAt(at, `the data of ${type} is longer than ${maxData} octets`)], octets: null }
}

function readFields(type: string, grammar: readonly Field[], data: readonly Token[], origin: Name, at: Place): Rdata {
  const faults: Fault[] = []
  let before = ''
  let target: Name | null = null
  let next = 0
  const take = (read: Read, token: Place) => {
    if ('fault' in read) faults.push(faultAt(read.at ?? token, read.fault))
    else {
      before += read.octets
      target = read.name ?? target
    }
  }
  for (const field of grammar) {
    const token = data[next]
    // What comes first decides how the rest is read.
    const context: Context = { origin, before }
    if (field.takes === 'rest' && faults.length === 0) {
      if (token === undefined && !isOptional(type)) faults.push(faultAt(at, `${type} lacks ${field.wanted}`))
      else take(field.read(data.slice(next), context), token ?? at)
    } else if (field.takes === 'word' && token === undefined) {
      return { faults: [...faults, faultAt(at, `${type} lacks ${field.wanted}`)], target, octets: null }
    } else if (field.takes === 'word') take(field.read(token as Token, context), token as Token)
    next = field.takes === 'rest' ? data.length : next + 1
  }
  for (const token of data.slice(next)) faults.push(faultAt(token, `${quoted(token.text)} is more than ${type} takes`))
  return { faults, target, octets: faults.length === 0 ? before : null }
}

/** Types whose last part may be missing. */
function isOptional(type: string): boolean {
  return ['HTTPS', 'SVCB', 'SSHFP'].includes(type)
}

/** What name servers refuse in data that is not checked else: names that are none of hosts or mailboxes. */
function nameFaults(type: string, data: readonly Token[], origin: Name): Fault[] {
  return Object.entries(uncheckedNames[type] ?? {}).flatMap(([place, field]) => {
    const token = data[Number(place)]
    if (token === undefined || field.takes === 'rest') return []
    const read = field.read(token, { origin, before: '' })
    return 'fault' in read ? [faultAt(token, read.fault)] : []
  })
}
