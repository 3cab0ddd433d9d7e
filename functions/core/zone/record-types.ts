/** Numbers of the types that rules speak of, for who writes `TYPE1` instead of `A` (RFC 3597). */
const numbers: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  33: 'SRV',
  39: 'DNAME',
  43: 'DS',
  48: 'DNSKEY',
  50: 'NSEC3',
  59: 'CDS',
  60: 'CDNSKEY',
  257: 'CAA',
}

/** MD and MF, which name servers refuse as obsolete, and OPT, which is no record. */
const never = [3, 4, 41]

const known = new Set([
  ...Object.values(numbers),
  ...'AFSDB AMTRELAY APL AVC CERT CSYNC DHCID EUI48 EUI64 GPOS HINFO HIP HTTPS IPSECKEY ISDN KEY KX'.split(' '),
  ...'L32 L64 LOC LP MINFO NAPTR NID NSAP NSEC NSEC3PARAM OPENPGPKEY PX RP RRSIG RT SMIMEA'.split(' '),
  ...'SPF SSHFP SVCB TLSA URI WKS X25 ZONEMD'.split(' '),
])

/** The one spelling of a record type (`TYPE28` is `AAAA`); null for what is none, or none that a zone can hold. */
export function recordType(text: string): string | null {
  const number = /^TYPE(\d{1,5})$/i.exec(text)?.[1]
  if (number === undefined) return known.has(text.toUpperCase()) ? text.toUpperCase() : null
  const value = Number(number)
  const reserved = value === 0 || never.includes(value) || (value >= 128 && value <= 255) || value > 65535
  return reserved ? null : (numbers[value] ?? `TYPE${value}`)
}
