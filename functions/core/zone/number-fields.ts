import ipaddr from 'ipaddr.js'
import { numberOctets, type WordField } from './field.ts'
import { quoted } from './finding.ts'

/** As many digits as BIND takes for a number where a mnemonic may stand. */
const maxDigits = 12

/** A word without quotes: `octetsOf` gives its octets, or null for what is none. */
function word(wanted: string, octetsOf: (text: string) => string | null): WordField {
  return {
    takes: 'word',
    wanted,
    read: token => {
      const octets = token.quoted ? null : octetsOf(token.text)
      return octets === null
        ? { fault: `${quoted(token.text)} is not ${wanted}${token.quoted ? ' without quotes' : ''}` }
        : { octets }
    },
  }
}

function number(octets: 1 | 2 | 4): WordField {
  const most = 256 ** octets - 1
  return word(`a number from 0 to ${most}`, text =>
    /^\d+$/.test(text) && Number(text) <= most ? numberOctets(Number(text), octets) : null,
  )
}

export const number8 = number(1)
export const number16 = number(2)
export const number32 = number(4)

/** A number or one of these names (any case). */
function mnemonic(wanted: string, octets: 1 | 2, names: Readonly<Record<string, number>>): WordField {
  const most = 256 ** octets - 1
  return word(`${wanted} (a number from 0 to ${most}, or its name)`, text => {
    const known = Object.hasOwn(names, text.toUpperCase()) ? names[text.toUpperCase()] : undefined
    const number = /^\d+$/.test(text) && text.length <= maxDigits ? Number(text) : known
    return number === undefined || number > most ? null : numberOctets(number, octets)
  })
}

/** The algorithm of a DNSSEC key. */
export const algorithm = mnemonic('an algorithm', 1, {
  RSAMD5: 1,
  DH: 2,
  DSA: 3,
  RSASHA1: 5,
  NSEC3DSA: 6,
  NSEC3RSASHA1: 7,
  RSASHA256: 8,
  RSASHA512: 10,
  ECCGOST: 12,
  ECDSAP256SHA256: 13,
  ECDSA256: 13,
  ECDSAP384SHA384: 14,
  ECDSA384: 14,
  ED25519: 15,
  ED448: 16,
  INDIRECT: 252,
  PRIVATEDNS: 253,
  PRIVATEOID: 254,
})

/** How the digest of a key is made. */
export const digestType = mnemonic('a digest type', 1, {
  'SHA-1': 1,
  SHA1: 1,
  'SHA-256': 2,
  SHA256: 2,
  GOST: 3,
  'SHA-384': 4,
  SHA384: 4,
})

/** What a key is for; DNSSEC is 3. */
export const protocol = mnemonic('a protocol', 1, { NONE: 0, TLS: 1, EMAIL: 2, DNSSEC: 3, IPSEC: 4, ALL: 255 })

/** The kind of a certificate. */
export const certificateType = mnemonic('a certificate type', 2, {
  PKIX: 1,
  SPKI: 2,
  PGP: 3,
  IPKIX: 4,
  ISPKI: 5,
  IPGP: 6,
  ACPKIX: 7,
  IACPKIX: 8,
  URI: 253,
  OID: 254,
})

const flagValues: readonly (readonly [name: string, value: number])[] = [
  ['NOCONF', 0x4000],
  ['NOAUTH', 0x8000],
  ['NOKEY', 0xc000],
  ['FLAG2', 0x2000],
  ['EXTEND', 0x1000],
  ['FLAG4', 0x0800],
  ['FLAG5', 0x0400],
  ['USER', 0],
  ['ZONE', 0x0100],
  ['HOST', 0x0200],
  ['NTYP3', 0x0300],
  ['FLAG8', 0x0080],
  ['FLAG9', 0x0040],
  ['FLAG10', 0x0020],
  ['FLAG11', 0x0010],
  ...Array.from({ length: 16 }, (_, at): [string, number] => [`SIG${at}`, at]),
  ['KSK', 0x0001],
]

/** The flags of a key: a number, also in hexadecimal, or names between bars; BIND takes the beginning of a name, too. */
export const keyFlags = word('the flags of a key', text => {
  const decimal = /^\d{1,12}$/.test(text)
  if (decimal || (/^(0x)?[0-9a-f]+$/i.test(text) && /^\d/.test(text) && text.length <= maxDigits)) {
    const value = Number.parseInt(text, decimal ? 10 : 16)
    return value > 0xffff ? null : numberOctets(value, 2)
  }
  const values = text
    .replace(/\|$/, '')
    .split('|')
    .map(part => flagValues.find(([name]) => name.startsWith(part.toUpperCase()))?.[1])
  return values.includes(undefined)
    ? null
    : numberOctets(
        values.reduce<number>((all, one) => all | Number(one), 0),
        2,
      )
})

const octet = /^(0|[1-9]\d{0,2})$/

/** The four octets of an IPv4 address in decimal numbers; null for what is none. */
export function ipv4Octets(text: string): string | null {
  const parts = text.split('.')
  const isOne = parts.length === 4 && parts.every(part => octet.test(part) && Number(part) <= 255)
  return isOne ? String.fromCharCode(...parts.map(Number)) : null
}

/** The sixteen octets of an IPv6 address; null for what is none. */
export function ipv6Octets(text: string): string | null {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  if (!/^[0-9a-f:.]+$/i.test(text) || (tail.includes('.') && ipv4Octets(tail) === null)) return null
  return ipaddr.IPv6.isValid(text) ? String.fromCharCode(...ipaddr.IPv6.parse(text).toByteArray()) : null
}

export const ipv4 = word('an IPv4 address of four decimal numbers', ipv4Octets)
export const ipv6 = word('an IPv6 address', ipv6Octets)

/** A property of a CAA record. */
export const tag = word('a tag of letters and digits', text =>
  /^[a-z0-9]{1,255}$/i.test(text) ? String.fromCharCode(text.length) + text : null,
)

/** A time in seconds, as a number or in BIND's units (`1h30m`). */
export const seconds = word('a time in seconds', text => {
  const value = parseSeconds(text)
  return value === null || value > 0xffff_ffff ? null : numberOctets(value, 4)
})

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** Seconds, as a number or in BIND's units (`1h30m`); null for what is neither. */
export function parseSeconds(text: string): number | null {
  if (text.length > 63 || !/^(\d+|(\d+[smhdw])+)$/i.test(text)) return null
  let sum = 0
  for (const [, count, unit] of text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)) {
    sum += Number(count) * (unitSeconds[unit as string] ?? 1)
  }
  return sum
}
