import { numberOctets, type Read, type RestField, uint16 } from './field.ts'
import { quoted } from './finding.ts'
import type { Token } from './master-file.ts'
import { inOrder, namedKeys, parameterFormats, readKey, validParameter } from './service-keys.ts'

/** One parameter of SVCB or HTTPS in wire format, apart from its key. */
interface Parameter {
  readonly key: number
  readonly value: string
}

/** A parameter as it is written: a word, of which the part behind `=` may stand in quotes. */
interface Written {
  readonly text: string
  readonly at: Token
}

const mandatory = 0
const alpn = 1
const noDefaultAlpn = 2

/** The parameters of SVCB and HTTPS records (RFC 9460, as BIND 9.18 reads them). */
export const serviceParameters: RestField = {
  takes: 'rest',
  wanted: 'parameters',
  read: tokens => {
    const parameters: Parameter[] = []
    for (const written of joined(tokens)) {
      const read = 'fault' in written ? written : readParameter(written.text)
      if ('fault' in read) return { ...read, at: written.at }
      parameters.push(read)
    }
    const sorted = parameters.sort((a, b) => a.key - b.key)
    const fault = together(sorted)
    return fault === null ? { octets: sorted.map(wire).join('') } : { fault }
  },
}

/** Whether a record of SVCB or HTTPS, in wire format, has a parameter with one of these keys. */
export function hasParameter(octets: string, keys: readonly number[]): boolean {
  // Behind the priority and the labels of the target.
  let at = 2
  while (octets.charCodeAt(at) > 0) at += octets.charCodeAt(at) + 1
  for (at++; at < octets.length; at += 4 + uint16(octets, at + 2)) {
    if (keys.includes(uint16(octets, at))) return true
  }
  return false
}

function wire({ key, value }: Parameter): string {
  return numberOctets(key, 2) + numberOctets(value.length, 2) + value
}

/** Puts `alpn=` and the quoted text that touches it together. */
function joined(tokens: readonly Token[]): (Written | { readonly fault: string; readonly at: Token })[] {
  const found: (Written | { readonly fault: string; readonly at: Token })[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const next = tokens[at + 1]
    if (token.quoted) found.push({ fault: `quotes stand around the value of a parameter, behind its =`, at: token })
    else if (next?.quoted && touches(token, next) && /^(\\.|[^\\=])*=$/.test(token.text)) {
      found.push({ text: token.text + next.text.replaceAll('\\"', '"'), at: token })
      at++
    } else found.push({ text: token.text, at: token })
  }
  return found
}

function touches(word: Token, behind: Token): boolean {
  return word.line === behind.line && word.column + word.text.length === behind.column
}

function readParameter(text: string): Parameter | { readonly fault: string } {
  const named = namedKeys.find(name => text === name || text.startsWith(`${name}=`))
  const split = text.indexOf('=')
  const [name, value] = split === -1 ? [text, ''] : [text.slice(0, split), text.slice(split + 1)]
  if (named !== undefined) {
    const read: Read = parameterFormats[named](value)
    if ('fault' in read) return { fault: `${quoted(text)}: ${read.fault}` }
    return { key: namedKeys.indexOf(named), value: read.octets }
  }
  const key = readKey(name)
  if (key === null) return { fault: `${quoted(name)} is not a parameter` }
  const read = validParameter(key, value)
  return 'fault' in read ? { fault: `${quoted(text)}: ${read.fault}` } : { key, value: read.octets }
}

/** What is wrong with the parameters of a record together, sorted by key; null if nothing is. */
function together(sorted: readonly Parameter[]): string | null {
  const keys = sorted.map(({ key }) => key)
  const twice = keys.find((key, at) => keys.indexOf(key) < at)
  if (twice !== undefined) return `the parameter ${nameOf(twice)} is listed twice`
  const asked = sorted[0]?.key === mandatory ? numbersOf(sorted[0].value) : []
  if (asked.includes(mandatory)) return `'mandatory' may not name itself`
  const missing = asked.find(key => !keys.includes(key))
  if (missing !== undefined) return `'mandatory' names ${nameOf(missing)}, which is missing`
  // BIND lets it pass where it comes last and is mandatory.
  const isAsked = asked.at(-1) === noDefaultAlpn && keys.at(-1) === noDefaultAlpn
  if (keys.includes(noDefaultAlpn) && !keys.includes(alpn) && !isAsked) return `'no-default-alpn' needs 'alpn'`
  return null
}

function nameOf(key: number): string {
  return `'${namedKeys[key] ?? `key${key}`}'`
}

function numbersOf(octets: string): number[] {
  return Array.from({ length: octets.length / 2 }, (_, at) => uint16(octets, 2 * at)).sort(inOrder)
}
