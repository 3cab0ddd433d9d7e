import { type Network, zoneNames } from '../config/network.ts'
import { oncePer } from '../domain/once-per.ts'
import { type Before, wasPublished, type ZoneRecord } from '../state/network-state.ts'

/** What the other networks' manifests say of a zone that is new to this one. */
export interface Foreign {
  /** Why it must wait, as a sentence; null: no other network has it. */
  readonly blocked: string | null
  /** The latest serial that a manifest names for it; 0: none does. */
  readonly serial: number
}

/** No other network ever had it. */
export const nobodys: Foreign = { blocked: null, serial: 0 }

/**
 * Whether a zone of the configuration has no clause in this network's named.conf, so that one may be added only while no
 * other network has the zone (behaviour §7.6). `clauses`: what the published named.conf is known to name.
 */
export function isNewZone(zone: string, record: ZoneRecord | undefined, clauses: Before['clauses']): boolean {
  if (typeof clauses === 'object' && clausesOf(clauses).has(zone)) return false
  return !wasPublished(record) || record?.unclaimed === true
}

const clausesOf = oncePer((clauses: readonly string[]) => new Set(clauses))

/** The zones that another network has now and that are handed over in this cycle, with the records that say so. */
export function leavingZones(network: Owning, { zones }: Pick<Before, 'zones'>): ReadonlyMap<string, ZoneRecord> {
  const leaving = new Map<string, ZoneRecord>()
  const elsewhere = zonesElsewhere(network)
  if (elsewhere.size === 0) return leaving
  for (const [zone, record] of zones) {
    const isLeft = record.unclaimed === true && !record.due
    if (!isLeft && elsewhere.has(zone)) leaving.set(zone, { ...record, due: false, orphaned: false, unclaimed: true })
  }
  return leaving
}

/** What a network knows of the zones that it has and that others have. */
export type Owning = Pick<Network, 'name' | 'zones' | 'owners'>

/** The other network of the configuration that has a zone; null where none has it, or this one has it too. */
export function ownerElsewhere(zone: string, network: Owning): string | null {
  return zonesElsewhere(network).get(zone) ?? null
}

/** By zone that other networks of the configuration have and this one has not: which network has it. */
const zonesElsewhere = oncePer((network: Owning): ReadonlyMap<string, string> => {
  const own = zoneNames(network.zones)
  return new Map([...network.owners].filter(([zone, owner]) => owner !== network.name && !own.has(zone)))
})

/** What an operator is told of a zone that is handed over. */
export function handoverWarning(zone: string, to: string): string {
  return `zone ${zone} is handed over to ${to}: its clause leaves named.conf, its file stays`
}
