import { addressFault, canonicalAddress } from './addresses.ts'
import type { DraftZone, OwnedRecord } from './draft-zone.ts'
import { errorAt, type IncludeFinding, warningAt } from './finding.ts'
import { ancestors, isWithin, type Name, shown } from './names.ts'

/**
 * Servers inside the zone of which the include has nothing but addresses that clients cannot reach (behaviour §1.3): as
 * good as none (§7.5). Errors for the zone's own name servers, warnings for what its records point to.
 */
export function checkGlue(zone: DraftZone): IncludeFinding[] {
  const own = zone.nameServers.flatMap(name => {
    const records = uselessAddresses(zone, name)
    const [first] = records
    return first === undefined ? [] : [errorAt(first, words(`the name server ${shown(name)}`, records))]
  })
  const others = zone.records.flatMap(record => {
    const isServer = ['NS', 'MX', 'SRV'].includes(record.type) && record.target !== null
    const records = isServer ? uselessAddresses(zone, record.target as Name) : []
    return records.length === 0 ? [] : [warningAt(record, words(shown(record.target as Name), records))]
  })
  return [...own, ...others]
}

function words(what: string, records: readonly OwnedRecord[]): string {
  return `${what} has no address that clients can reach, only ${records.map(textOf).join(', ')}`
}

function textOf({ data }: OwnedRecord): string {
  return String(data[0]?.text)
}

/** The address records of a name, if clients can reach none of them; none where it has others, or has no record. */
function uselessAddresses(zone: DraftZone, name: Name): readonly OwnedRecord[] {
  if (!isWithin(name, zone.origin)) return []
  const closest = ancestors(name, zone.origin).find(above => zone.names.has(above))
  const owner = zone.names.has(name) ? name : `*.${closest}`
  if (zone.published.has(owner)) return []
  const records = (zone.byOwner.get(owner) ?? []).filter(({ type }) => type === 'A' || type === 'AAAA')
  return records.every(isUseless) ? records : []
}

function isUseless(record: OwnedRecord): boolean {
  const address = canonicalAddress(textOf(record))
  return address !== null && addressFault(address) !== null
}
