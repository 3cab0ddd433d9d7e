import ipaddr from 'ipaddr.js'

const octet = /^(0|[1-9]\d{0,2})$/

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => octet.test(part) && Number(part) <= 255)
}

/**
 * The one way to write this address: four decimal parts, or IPv6 as RFC 5952 has it (lower case, shortest). Null for
 * what is not a valid address; leading zeros, fewer than four parts and IPv6 zone ids are not taken.
 */
export function canonicalAddress(text: string): string | null {
  if (isIpv4(text)) return text
  const tail = text.slice(text.lastIndexOf(':') + 1)
  if (!/^[0-9a-f:.]+$/i.test(text) || (tail.includes('.') && !isIpv4(tail))) return null
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toRFC5952String() : null
}

/** Kinds of address that no client can reach; loopback and private ones may be meant. */
const unreachable: Readonly<Record<string, string>> = {
  unspecified: 'unspecified',
  broadcast: 'broadcast',
  multicast: 'multicast',
  linkLocal: 'link-local',
}

/**
 * Why no client can reach this canonical address (behaviour §1.3), so that it is none to publish; null if one can. The
 * one predicate for edges and canaries, for what a resolver answers and for what is stored.
 */
export function addressFault(address: string): string | null {
  const parsed = ipaddr.parse(address)
  const kind = unreachable[parsed.range()]
  if (kind !== undefined) return `clients cannot reach ${address} (${kind})`
  const inside = embeddedIpv4(parsed.toByteArray())
  return inside === null ? null : `clients cannot reach ${address}: it is ${inside} in IPv6 form`
}

/**
 * Whether anybody on the Internet may be asked to fetch from this canonical address (behaviour §10.2): not private, loopback,
 * link-local, multicast or reserved, and no IPv4 address in another's form.
 */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.parse(address)
  const bytes = parsed.toByteArray()
  // Global unicast is 2000::/3; 6to4 and Teredo, which lie in it and hold IPv4 addresses, have ranges of their own.
  const isGlobal = parsed.kind() === 'ipv4' || Number(bytes[0]) >> 5 === 1
  return isGlobal && parsed.range() === 'unicast'
}

/** The IPv4 address that an IPv6 address holds in `::ffff:0:0/96`, `::ffff:0:0:0/96` or `::/96`; null if in none. */
function embeddedIpv4(bytes: readonly number[]): string | null {
  const head = bytes
    .slice(0, 12)
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('')
  const isEmbedding = /^0{20}ffff$|^0{16}ffff0000$/.test(head) || (/^0{24}$/.test(head) && bytes[12] !== 0)
  return isEmbedding ? bytes.slice(12).join('.') : null
}

/** The first of these canonical addresses that a client can reach; null where there is none. */
export function firstReachable(...addresses: readonly (string | null | undefined)[]): string | null {
  return addresses.find(address => typeof address === 'string' && isReachable(address)) ?? null
}

/** What was found of addresses so far: a replay asks for each of them in every cycle. */
const looked = new Map<string, boolean>()
const maxLooked = 10_000

function isReachable(address: string): boolean {
  const known = looked.get(address)
  if (known !== undefined) return known
  const found = canonicalAddress(address) === address && addressFault(address) === null
  if (looked.size >= maxLooked) looked.clear()
  looked.set(address, found)
  return found
}

/** The type of the record that publishes this canonical address (behaviour §7.1). */
export function addressType(address: string): 'A' | 'AAAA' {
  return address.includes(':') ? 'AAAA' : 'A'
}

function sortKey(address: string): string {
  const parsed = ipaddr.parse(address)
  return `${parsed.kind()} ${Buffer.from(parsed.toByteArray()).toString('hex')}`
}

/** Orders canonical addresses by their number, IPv4 before IPv6 (behaviour §1.3, §7.1). */
export function compareAddresses(a: string, b: string): number {
  const [first, second] = [sortKey(a), sortKey(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

/** These canonical addresses in order, each once (behaviour §7.1). The input is unchanged. */
export function sortAddresses(addresses: readonly string[]): string[] {
  const keyed = [...new Set(addresses)].map(address => ({ address, key: sortKey(address) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ address }) => address)
}
