import { isDohPath } from './doh-path.ts'
import { numberOctets, type Read, uint16 } from './field.ts'
import { ipv4Octets, ipv6Octets } from './number-fields.ts'
import { base64Octets } from './octet-fields.ts'
import { textOctets } from './text-fields.ts'

/** The parameters that BIND 9.18 knows by name; each is at the place of its number. */
export const namedKeys = [
  'mandatory',
  'alpn',
  'no-default-alpn',
  'port',
  'ipv4hint',
  'ech',
  'ipv6hint',
  'dohpath',
] as const

const maxText = 255

/** Smaller numbers first. */
export function inOrder(a: number, b: number): number {
  return a - b
}

/** How the value of each named parameter is read. */
export const parameterFormats: Readonly<Record<(typeof namedKeys)[number], (value: string) => Read>> = {
  mandatory: readKeys,
  alpn: readAlpn,
  'no-default-alpn': value => (value === '' ? { octets: '' } : { fault: 'this has no value' }),
  port: value =>
    /^\d+$/.test(value) && Number(value) <= 65_535
      ? { octets: numberOctets(Number(value), 2) }
      : { fault: 'this is not a number from 0 to 65535' },
  ipv4hint: value => readList(value, ipv4Octets, 'not a list of IPv4 addresses'),
  ech: value => {
    const octets = base64Octets(value.replace(/[ \t]/g, ''))
    return octets === null ? { fault: 'this is not Base64' } : { octets }
  },
  ipv6hint: value => readList(value, ipv6Octets, 'not a list of IPv6 addresses'),
  dohpath: value => {
    const read = textOctets(value)
    return 'fault' in read || isDohPath(read.octets) ? read : { fault: 'this is not a path with the variable {?dns}' }
  },
}

/** The number of a parameter, by name (any case) or as `key65280`; null for what is none. */
export function readKey(name: string): number | null {
  const named = (namedKeys as readonly string[]).indexOf(name.toLowerCase())
  if (named !== -1) return named
  const number = /^key(0|[1-9]\d*)$/.exec(name)?.[1]
  return number === undefined || Number(number) > 65_535 ? null : Number(number)
}

function readList(value: string, octetsOf: (text: string) => string | null, what: string): Read {
  const all = value.split(',').map(octetsOf)
  return all.includes(null) ? { fault: `this is ${what}` } : { octets: all.join('') }
}

function readKeys(value: string): Read {
  const keys = value.split(',').map(readKey)
  if (keys.includes(null)) return { fault: 'this is not a list of parameters' }
  const sorted = (keys as number[]).sort(inOrder)
  if (new Set(sorted).size < sorted.length) return { fault: 'a parameter is listed twice' }
  return { octets: sorted.map(key => numberOctets(key, 2)).join('') }
}

/** A list in which commas and backslashes are escaped once more (RFC 9460, appendix A.1). */
function readAlpn(value: string): Read {
  const ids = ['']
  let isEscaped = false
  // Escaped by \DDD or not makes no difference to a comma: the list is split behind the first reading.
  const read = textOctets(value)
  if ('fault' in read) return read
  for (const octet of read.octets) {
    if (!isEscaped && octet === '\\') isEscaped = true
    else if (!isEscaped && octet === ',') ids.push('')
    else {
      ids[ids.length - 1] += octet
      isEscaped = false
    }
  }
  const isRight = !isEscaped && ids.every(id => id !== '' && id.length <= maxText)
  return isRight
    ? { octets: ids.map(id => String.fromCharCode(id.length) + id).join('') }
    : { fault: 'this is not a list of protocols' }
}

/** The value of a parameter that is not written by the name it has (`key3`, `PORT`): octets, which must fit its key. */
export function validParameter(key: number, value: string): Read {
  const read = textOctets(value)
  if ('fault' in read) return read
  const fits = shapes[key] ?? (() => true)
  return fits(read.octets) ? read : { fault: `these octets are not a value of ${namedKeys[key]}` }
}

const shapes: readonly ((octets: string) => boolean)[] = [
  octets => octets.length > 0 && octets.length % 2 === 0 && isAscending(octets),
  octets => octets.length > 0 && isTextList(octets),
  octets => octets === '',
  octets => octets.length === 2,
  octets => octets.length > 0 && octets.length % 4 === 0,
  () => true,
  octets => octets.length > 0 && octets.length % 16 === 0,
  isDohPath,
]

function isAscending(octets: string): boolean {
  for (let at = 2; at < octets.length; at += 2) if (uint16(octets, at) <= uint16(octets, at - 2)) return false
  return true
}

function isTextList(octets: string): boolean {
  let at = 0
  while (at < octets.length) {
    if (octets.charCodeAt(at) === 0) return false
    at += octets.charCodeAt(at) + 1
  }
  return at === octets.length
}
