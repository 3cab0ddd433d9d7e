/** Labels as they are written: letters, digits, hyphens, and whatever stands behind a backslash but white space. */
const name = String.raw`(?:[a-z0-9_*.-]|\\[!-~])+`
const line = {
  comment: /^; Zone [a-z0-9._-]+\. Written by edgemanage: changes made here are lost\.$/i,
  ttl: /^\$TTL \d+$/,
  soa: new RegExp(String.raw`^@ \d+ IN SOA ${name} [!-:<-~]+ \d+ \d+ \d+ \d+ \d+$`, 'i'),
  ns: new RegExp(String.raw`^@ \d+ IN NS ${name}$`, 'i'),
  address: new RegExp(String.raw`^(@|${name}) \d+ IN (?:A (?:\d+\.){3}\d+|AAAA [0-9a-f:.]+)$`, 'i'),
}

/** What is wrong with a published zone, apart from its include; null if nothing is. Reads lines, as nobody else does. */
export function unsafeZone(text: string, addresses: readonly string[]): string | null {
  const lines = text.slice(0, text.indexOf('; begin include')).split('\n').slice(0, -1)
  const [comment = '', ttl = '', soa = '', ...rest] = lines
  if (!line.comment.test(comment) || !line.ttl.test(ttl) || !line.soa.test(soa))
    return `strange head: ${lines.slice(0, 3).join(' | ')}`
  const records = rest.slice(rest.findIndex(one => !line.ns.test(one)))
  const strange = records.filter(one => !line.address.test(one))
  if (strange.length > 0) return `strange lines: ${strange.join(' | ')}`
  const found = new Set(records.map(one => one.split(' ').at(-1)))
  if (found.size === 0) return 'no addresses'
  return [...found].every(address => addresses.includes(String(address)))
    ? null
    : `foreign addresses: ${[...found].join(' ')}`
}

const clause = /^zone "[a-z0-9_.-]+" \{ type master; file "zones\/[a-z0-9_-]+\/[a-z0-9_.-]+\.zone"; \};$/

/** What is wrong with a published named.conf; null if nothing is. */
export function unsafeNamedConf(text: string): string | null {
  const strange = text
    .split('\n')
    .slice(1, -1)
    .filter(one => !clause.test(one))
  return strange.length === 0 ? null : `strange clauses: ${strange.join(' | ')}`
}
