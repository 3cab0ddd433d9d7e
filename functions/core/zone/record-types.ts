/** The types that BIND 9.18 has a name for, by their number; what is at the place is the name. */
const first =
  '- A NS MD MF CNAME SOA MB MG MR NULL WKS PTR HINFO MINFO MX TXT RP AFSDB X25 ISDN RT NSAP NSAP-PTR SIG KEY PX GPOS ' +
  'AAAA LOC NXT EID NIMLOC SRV ATMA NAPTR KX CERT A6 DNAME SINK OPT APL DS SSHFP IPSECKEY RRSIG NSEC DNSKEY DHCID ' +
  'NSEC3 NSEC3PARAM TLSA SMIMEA - HIP NINFO RKEY TALINK CDS CDNSKEY OPENPGPKEY CSYNC ZONEMD SVCB HTTPS DSYNC HHIT BRID'

const rest: Readonly<Record<number, string>> = {
  99: 'SPF',
  100: 'UINFO',
  101: 'UID',
  102: 'GID',
  103: 'UNSPEC',
  104: 'NID',
  105: 'L32',
  106: 'L64',
  107: 'LP',
  108: 'EUI48',
  109: 'EUI64',
  256: 'URI',
  257: 'CAA',
  258: 'AVC',
  259: 'DOA',
  260: 'AMTRELAY',
  261: 'RESINFO',
  262: 'WALLET',
  32768: 'TA',
  32769: 'DLV',
  65533: 'KEYDATA',
}

/** MD and MF, which name servers refuse as obsolete, and OPT, which is not a record. */
const never = ['MD', 'MF', 'OPT']

/** Types whose data has no form but that of RFC 3597. */
const formless = ['NULL', 'UINFO', 'UID', 'GID', 'UNSPEC', 'KEYDATA']

const numbers = new Map<number, string>([
  ...first.split(' ').flatMap((name, at): [number, string][] => (name === '-' ? [] : [[at, name]])),
  ...Object.entries(rest).map(([number, name]): [number, string] => [Number(number), name]),
])
const names = new Set(numbers.values())

/** The one spelling of a record type (`TYPE28` is `AAAA`); null for what is none, or none that a zone can hold. */
export function recordType(text: string): string | null {
  const type = spelled(text.toUpperCase())
  return type === null || never.includes(type) ? null : type
}

function spelled(text: string): string | null {
  const number = /^TYPE(\d{1,5})$/.exec(text)?.[1]
  if (number === undefined) return names.has(text) ? text : null
  const value = Number(number)
  const isReserved = value === 0 || (value >= 128 && value <= 255) || value > 65_535
  return isReserved ? null : (numbers.get(value) ?? `TYPE${value}`)
}

/** Whether BIND 9.18 has a name for this type, so that it reads its data itself. */
export function isNamedType(type: string): boolean {
  return names.has(type)
}

/** Whether the data of this type can be written in the form of RFC 3597 alone, although it has a name. */
export function hasOnlyGenericForm(type: string): boolean {
  return formless.includes(type)
}

/** Why this cannot stand in `dns.unchecked_types`; null if it can: types that a zone can hold and BIND has a name for. */
export function checkUncheckedType(text: string): string | null {
  const type = recordType(text)
  return type !== null && isNamedType(type) ? null : `'${text}' is not a record type that BIND knows by name`
}
