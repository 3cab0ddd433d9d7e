import { ancestors, isWithin, type Name, parseName } from './names.ts'
import type { ZoneRecordLine } from './records.ts'

/** What the rest of a zone is like, to which an include is added. Names as in the settings. */
export interface IncludeContext {
  readonly zone: string
  readonly rotateLabels: readonly string[]
  /** The names of the NS records that the template publishes. */
  readonly nsRecords: readonly string[]
  /** Seconds: of records that have none of their own. */
  readonly ttl: number
}

export interface OwnedRecord extends ZoneRecordLine {
  readonly owner: Name
}

/** A zone as it would be: the template's part and the include's records that belong to it. */
export interface DraftZone {
  readonly origin: Name
  /** The apex and the rotate labels: here stand the published addresses. */
  readonly published: ReadonlySet<Name>
  readonly nameServers: readonly Name[]
  readonly ttl: number
  /** In the order of the include. */
  readonly records: readonly OwnedRecord[]
  readonly byOwner: ReadonlyMap<Name, readonly OwnedRecord[]>
  /** Every name that exists, those in between included. */
  readonly names: ReadonlySet<Name>
}

/** Puts a zone together. What the settings misspell, or is too long in this zone, is left out: it is told elsewhere. */
export function draftZone(records: readonly OwnedRecord[], origin: Name, context: IncludeContext): DraftZone {
  const names = (texts: readonly string[]) => texts.flatMap(text => parseName(text, origin).name ?? [])
  const byOwner = new Map<Name, OwnedRecord[]>()
  for (const record of records) {
    const others = byOwner.get(record.owner)
    if (others === undefined) byOwner.set(record.owner, [record])
    else others.push(record)
  }
  const published = new Set([origin, ...names(context.rotateLabels)].filter(name => isWithin(name, origin)))
  const owners = [...published, ...byOwner.keys()]
  return {
    origin,
    published,
    nameServers: names(context.nsRecords),
    ttl: context.ttl,
    records,
    byOwner,
    names: new Set(owners.flatMap(name => [name, ...ancestors(name, origin)])),
  }
}

/** Whether the include has a record of one of these types at this very name. */
export function holds(zone: DraftZone, name: Name, ...types: readonly string[]): boolean {
  return zone.byOwner.get(name)?.some(record => types.includes(record.type)) ?? false
}

/** Whether a name inside the zone has an address: its own, or a wildcard's where the name does not exist. */
export function hasAddress(zone: DraftZone, name: Name): boolean {
  const addressed = (at: Name) => zone.published.has(at) || holds(zone, at, 'A', 'AAAA')
  if (zone.names.has(name)) return addressed(name)
  return addressed(`*.${ancestors(name, zone.origin).find(above => zone.names.has(above))}`)
}

/** The delegation (NS) or DNAME, nearest to the apex, at or above this name; null if the zone itself answers for it. */
export function cutAbove(zone: DraftZone, name: Name): { readonly at: Name; readonly type: 'NS' | 'DNAME' } | null {
  for (const at of [name, ...ancestors(name, zone.origin)].reverse()) {
    if (at !== zone.origin && holds(zone, at, 'NS')) return { at, type: 'NS' }
    if (at !== name && holds(zone, at, 'DNAME')) return { at, type: 'DNAME' }
  }
  return null
}
