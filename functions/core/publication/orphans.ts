import { zoneNames } from '../config/network.ts'
import type { Before, ZoneRecord } from '../state/network-state.ts'
import { type Owning, ownerElsewhere } from './handover.ts'

/** Zones that are newly gone from the configuration, with the records that say so (behaviour §7.6). */
export function newOrphans(network: Owning, { zones, clauses }: Before): Map<string, ZoneRecord> {
  const configured = zoneNames(network.zones)
  const gone = new Map<string, ZoneRecord>()
  for (const [zone, record] of zones) {
    const isUnsure = record.due && clauses === 'unread'
    const isHandedOver = record.unclaimed === true && (!record.due || isUnsure)
    if (record.orphaned || configured.has(zone) || isHandedOver || ownerElsewhere(zone, network) !== null) continue
    gone.set(zone, { ...record, orphaned: true })
  }
  return gone
}

/** What an operator is told of a zone that is newly gone. */
export function orphanWarning([zone, { hash }]: readonly [string, ZoneRecord]): string {
  const what = hash === null ? 'its publication was never confirmed' : 'it stays published as it is'
  return `zone ${zone} is gone from the configuration: ${what}`
}
