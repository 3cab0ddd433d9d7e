import ipaddr from 'ipaddr.js'

const octet = /^(0|[1-9]\d{0,2})$/

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => octet.test(part) && Number(part) <= 255)
}

/**
 * The one way to write this address: four decimal parts, or IPv6 as RFC 5952 has it (lower case, shortest). Null for
 * what is no address; leading zeros, fewer than four parts and IPv6 zone ids are not taken.
 */
export function canonicalAddress(text: string): string | null {
  if (isIpv4(text)) return text
  const tail = text.slice(text.lastIndexOf(':') + 1)
  if (!/^[0-9a-f:.]+$/i.test(text) || (tail.includes('.') && !isIpv4(tail))) return null
  return ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toRFC5952String() : null
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
