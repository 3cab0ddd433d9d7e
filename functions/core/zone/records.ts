import { quoted } from './finding.ts'
import type { Entry, Fault, MasterFile, Place, Token } from './master-file.ts'
import { type Name, parseName } from './names.ts'
import { parseSeconds } from './number-fields.ts'
import { checkRdata, type Rdata } from './rdata.ts'
import { recordType } from './record-types.ts'

/** One record of an include; its place is where the record begins. */
export interface ZoneRecordLine extends Place {
  /** Null where the name could not be read. */
  readonly owner: Name | null
  readonly type: string
  /** Seconds. */
  readonly ttl: number
  readonly target: Name | null
  /** The data in wire format, a character for each octet; null where it is not known. */
  readonly octets: string | null
  /** The owner as it is written where the record begins; null where it goes to the owner before. */
  readonly written: string | null
  /** As it is written. */
  readonly data: readonly Token[]
}

export interface Records {
  readonly records: readonly ZoneRecordLine[]
  readonly faults: readonly Fault[]
}

interface Reading {
  readonly records: ZoneRecordLine[]
  readonly faults: Fault[]
  origin: Name
  defaultTtl: number
  /** Undefined before the first name. */
  owner: Name | null | undefined
}

const maxTtl = 2 ** 31 - 1
const foreignClass = /^(CH|CHAOS|HS|HESIOD|ANY|NONE|RESERVED0|CLASS\d+)$/i

/** Reads the records and obeys `$ORIGIN` and `$TTL`; any other directive is a fault. `ttl` (seconds) is the default. */
export function readRecords(file: MasterFile, origin: Name, ttl: number): Records {
  const reading: Reading = { records: [], faults: [], origin, defaultTtl: ttl, owner: undefined }
  for (const entry of file.entries) {
    const [first, ...rest] = entry.tokens
    if (!entry.blank && !first.quoted && first.text.startsWith('$')) direct(reading, first, rest)
    else readRecord(reading, entry)
  }
  return reading
}

function fault(reading: Reading, { line, column }: Place, message: string): void {
  reading.faults.push({ line, column, message })
}

function direct(reading: Reading, directive: Token, [argument, surplus]: readonly Token[]): void {
  const which = directive.text.toUpperCase()
  if (which !== '$ORIGIN' && which !== '$TTL') fault(reading, directive, `${which} is not allowed here`)
  else if (argument === undefined) fault(reading, directive, `${which} lacks its value`)
  else if (surplus !== undefined) fault(reading, surplus, `${quoted(surplus.text)} is more than ${which} takes`)
  else if (which === '$ORIGIN') reading.origin = readName(reading, argument) ?? reading.origin
  else reading.defaultTtl = readDefaultTtl(reading, argument)
}

function readDefaultTtl(reading: Reading, token: Token): number {
  const ttl = parseTtl(token)
  if (ttl !== null) return limitTtl(reading, token, ttl)
  fault(reading, token, `${quoted(token.text)} is not a TTL`)
  return reading.defaultTtl
}

function readName(reading: Reading, token: Token): Name | null {
  const parsed = token.quoted
    ? { name: null, fault: 'a name must not be quoted' }
    : parseName(token.text, reading.origin)
  if (parsed.fault !== null) fault(reading, token, parsed.fault)
  return parsed.name
}

function parseTtl({ text, quoted: isQuoted }: Token): number | null {
  return isQuoted ? null : parseSeconds(text)
}

function limitTtl(reading: Reading, at: Place, ttl: number): number {
  if (ttl > maxTtl) fault(reading, at, `a TTL is at most ${maxTtl} seconds`)
  return Math.min(ttl, maxTtl)
}

function readRecord(reading: Reading, entry: Entry): void {
  const [first] = entry.tokens
  if (!entry.blank) reading.owner = readName(reading, first)
  else if (reading.owner === undefined) {
    fault(reading, first, 'the first record needs a name: without one it would go to the last name before the include')
    reading.owner = null
  }
  const head = readHead(reading, first, entry.tokens.slice(entry.blank ? 0 : 1))
  if (head === null) return
  const { at, data, type, ttl } = head
  const rdata: Rdata = checkRdata(type, data, reading.origin, at)
  reading.faults.push(...rdata.faults)
  const { target, octets } = rdata
  const { line, column } = first
  const written = entry.blank ? null : first.text
  reading.records.push({ line, column, owner: reading.owner as Name | null, written, type, ttl, target, octets, data })
}

interface Head {
  readonly type: string
  readonly ttl: number
  readonly at: Token
  readonly data: readonly Token[]
}

/** The class and TTL, in either order, and the type; null, with a fault, where there is no type. */
function readHead(reading: Reading, first: Token, tokens: readonly Token[]): Head | null {
  let ttl: number | null = null
  let classSeen = false
  for (const [index, token] of tokens.entries()) {
    const seconds = ttl === null ? parseTtl(token) : null
    if (seconds !== null) ttl = limitTtl(reading, token, seconds)
    else if (!classSeen && !token.quoted && /^(IN|CLASS0*1)$/i.test(token.text)) classSeen = true
    else {
      const type = token.quoted ? null : recordType(token.text)
      if (type !== null) return { type, ttl: ttl ?? reading.defaultTtl, at: token, data: tokens.slice(index + 1) }
      const what = foreignClass.test(token.text) ? 'the class must be IN' : `${quoted(token.text)} is not a record type`
      fault(reading, token, what)
      return null
    }
  }
  fault(reading, first, 'this record has no type')
  return null
}
