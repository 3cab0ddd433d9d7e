import { canonicalAddress } from './addresses.ts'
import type { Fault, Place, Token } from './master-file.ts'
import { type Name, parseName } from './names.ts'

/** What was read of a record's data. */
export interface Rdata {
  readonly faults: readonly Fault[]
  /** The name it points to; null without one. */
  readonly target: Name | null
  /** The octets it takes, or a few more. */
  readonly octets: number
}

interface Field {
  readonly wanted: string
  /** Null if the token is one, else what is wrong with it. */
  readonly check: (token: Token, origin: Name) => string | null
}

const longestText = 255
const longestData = 65535
const escaped = /\\(?:(\d{3})|(\D))/gsu

const ipv4 = word('an IPv4 address of four decimal numbers', text => isAddress(text, false))
const ipv6 = word('an IPv6 address', text => isAddress(text, true))
const octet = word('a number from 0 to 255', text => isNumber(text, 255))
const number = word('a number from 0 to 65535', text => isNumber(text, 65535))
const tag = word('a tag of letters and digits', text => /^[a-z0-9]{1,255}$/i.test(text))
const name: Field = {
  wanted: 'a name',
  check: (token, origin) => (token.quoted ? 'a name stands without quotes' : parseName(token.text, origin).fault),
}
const value: Field = { wanted: 'a text', check: token => textFault(token.text, longestData) }
const text: Field = { wanted: 'a text', check: token => textFault(token.text, longestText) }

/** The types whose data is checked (behaviour §7.5); TXT takes any number of texts. */
const grammars: Readonly<Record<string, readonly Field[]>> = {
  A: [ipv4],
  AAAA: [ipv6],
  CAA: [octet, tag, value],
  CNAME: [name],
  DNAME: [name],
  MX: [number, name],
  NS: [name],
  PTR: [name],
  SRV: [number, number, number, name],
  TXT: [text],
}

function word(wanted: string, fits: (text: string) => boolean): Field {
  const check = (token: Token) =>
    !token.quoted && fits(token.text)
      ? null
      : `'${token.text}' is not ${wanted}${token.quoted ? ' without quotes' : ''}`
  return { wanted, check }
}

function isAddress(text: string, six: boolean): boolean {
  const address = canonicalAddress(text)
  return address?.includes(':') === six
}

function isNumber(text: string, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) <= most
}

function textOctets(text: string): number {
  return Buffer.byteLength(text.replace(escaped, (_all, decimal, literal) => (decimal === undefined ? literal : '?')))
}

function textFault(text: string, most: number): string | null {
  if (text.replace(escaped, '').includes('\\')) return `'${text}' has an unfinished escape`
  const large = [...text.matchAll(escaped)].find(([, decimal]) => Number(decimal ?? 0) > 255)
  if (large !== undefined) return `${large[0]} is no octet`
  return textOctets(text) > most ? `this text is longer than ${most} octets` : null
}

/** Checks the data of a record whose type stands `at`; names are relative to `origin`. */
export function checkRdata(type: string, data: readonly Token[], origin: Name, at: Place): Rdata {
  const octets = data.reduce((sum, token) => sum + textOctets(token.text) + 1, 0)
  const grammar = grammars[type]
  const faults = [
    ...(octets > longestData ? [faultAt(at, `the data is longer than ${longestData} octets`)] : []),
    ...(grammar === undefined ? uncheckedFaults(type, data, at) : fieldFaults(type, grammar, data, origin, at)),
  ]
  const last = data.at(-1)
  const target = grammar?.at(-1) === name && last !== undefined ? parseName(last.text, origin).name : null
  return { faults, target, octets }
}

/** Whether the data of this type is checked, rather than passed on with a warning. */
export function isChecked(type: string): boolean {
  return type in grammars
}

function faultAt({ line, column }: Place, message: string): Fault {
  return { line, column, message }
}

function isGeneric(token: Token | undefined): token is Token {
  return token !== undefined && !token.quoted && token.text === '\\#'
}

function fieldFaults(
  type: string,
  grammar: readonly Field[],
  data: readonly Token[],
  origin: Name,
  at: Place,
): Fault[] {
  if (isGeneric(data[0])) return [faultAt(data[0], `the data of ${type} is to be written out, without \\#`)]
  const faults = data.flatMap((token, index) => {
    const field = type === 'TXT' ? text : grammar[index]
    const fault = field === undefined ? `'${token.text}' is more than ${type} takes` : field.check(token, origin)
    return fault === null ? [] : [faultAt(token, fault)]
  })
  const missing = grammar[data.length]
  return missing === undefined ? faults : [...faults, faultAt(at, `${type} lacks ${missing.wanted}`)]
}

function uncheckedFaults(type: string, data: readonly Token[], at: Place): Fault[] {
  const [mark, length, ...digits] = data
  if (mark === undefined) return [faultAt(at, `${type} lacks its data`)]
  if (!isGeneric(mark)) {
    return /^TYPE\d/.test(type)
      ? [faultAt(mark, `the data of ${type} is to be written as \\# LENGTH HEX (RFC 3597)`)]
      : []
  }
  const hex = digits.map(token => (token.quoted ? '"' : token.text)).join('')
  const counted = length !== undefined && !length.quoted && isNumber(length.text, longestData)
  const right = counted && hex.length === 2 * Number(length.text)
  return right && /^[0-9a-f]*$/i.test(hex)
    ? []
    : [faultAt(mark, '\\# is not followed by a length and as many octets in hexadecimal')]
}
