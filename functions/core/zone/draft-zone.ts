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
  /** Record types that may stand in it although nobody checks them (`dns.unchecked_types`). */
  readonly uncheckedTypes?: readonly string[]
}

export interface OwnedRecord extends ZoneRecordLine {
  readonly owner: Name
}

/** A zone as it would be: the template's part and the include's records that belong to it. */
export interface DraftZone {
  readonly origin: Name
  /** The apex and the rotate labels: here stand the published addresses. None in a zone that is whole. */
  readonly published: ReadonlySet<Name>
  readonly nameServers: readonly Name[]
  readonly ttl: number
  /** The name whose records stand in front of the first one; null if there is none. */
  readonly before: Name | null
  /** Whether the template's records are among these: those of an include are counted by themselves. */
  readonly isWhole: boolean
  readonly uncheckedTypes: readonly string[]
  /** In the order of the text. */
  readonly records: readonly OwnedRecord[]
  readonly byOwner: ReadonlyMap<Name, readonly OwnedRecord[]>
  /** Every name that exists, those in between included. */
  readonly names: ReadonlySet<Name>
}

/** Puts a zone together. What the settings misspell, or is too long in this zone, is left out: it is told elsewhere. */
export function draftZone(records: readonly OwnedRecord[], origin: Name, context: IncludeContext): DraftZone {
  const names = (texts: readonly string[]) => texts.flatMap(text => parseName(text, origin).name ?? [])
  const published = [origin, ...names(context.rotateLabels)].filter(name => isWithin(name, origin))
  const whole = wholeZone(records, origin, context.uncheckedTypes ?? [])
  return {
    ...whole,
    published: new Set(published),
    nameServers: names(context.nsRecords),
    ttl: context.ttl,
    before: published.at(-1) as Name,
    isWhole: false,
    names: new Set([...whole.names, ...allNames(published, origin)]),
  }
}

/** A zone that consists of these records alone. */
export function wholeZone(records: readonly OwnedRecord[], origin: Name, uncheckedTypes: readonly string[]): DraftZone {
  const byOwner = new Map<Name, OwnedRecord[]>()
  for (const record of records) {
    const others = byOwner.get(record.owner)
    if (others === undefined) byOwner.set(record.owner, [record])
    else others.push(record)
  }
  const names = allNames([origin, ...byOwner.keys()], origin)
  const none = { published: new Set<Name>(), nameServers: [], ttl: 0, before: null, isWhole: true }
  return { origin, ...none, uncheckedTypes, records, byOwner, names }
}

function allNames(owners: readonly Name[], origin: Name): Set<Name> {
  return new Set(owners.flatMap(name => [name, ...ancestors(name, origin)]))
}

/** Whether the include has a record of one of these types at this very name. */
export function holds(zone: DraftZone, name: Name, ...types: readonly string[]): boolean {
  return zone.byOwner.get(name)?.some(record => types.includes(record.type)) ?? false
}

/**
 * Whether a name inside the zone has an address: its own, or a wildcard's where the name does not exist. Below a
 * delegation only its own counts: a wildcard there is no glue.
 */
export function hasAddress(zone: DraftZone, name: Name): boolean {
  const addressed = (at: Name) => zone.published.has(at) || holds(zone, at, 'A', 'AAAA')
  if (zone.names.has(name) || cutAbove(zone, name)?.type === 'NS') return addressed(name)
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
