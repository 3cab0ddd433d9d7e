import { createHash } from 'node:crypto'
import type { Published, ZoneRecord } from '../../core/state/network-state.ts'
import { parseJson } from './chunks.ts'
import { zonesPrefix } from './keys.ts'
import type { Item } from './rows.ts'

/** Zones are spread over this many items by their names: 50,000 zones stay at about 120 KB an item. */
const groupCount = 64

/** The sort key of the item that holds a zone's record. */
export function groupKeyOf(zone: string): string {
  return zonesPrefix + groupOf(zone)
}

/** The group of a zone: two digits. */
export function groupOf(zone: string): string {
  const group = (createHash('sha256').update(zone).digest()[0] ?? 0) % groupCount
  return String(group).padStart(2, '0')
}

const due = 1
const orphaned = 2

/** A group of zone records as an item. */
export function encodeZones(records: Iterable<readonly [string, ZoneRecord]>): Item {
  const rows = [...records].map(([zone, record]) => {
    const flags = (record.due ? due : 0) | (record.orphaned ? orphaned : 0)
    return [zone, [record.serial, record.hash, flags]]
  })
  return { zones: { S: JSON.stringify(Object.fromEntries(rows)) } }
}

/** The zone records of an item; null if it cannot be read. */
export function decodeZones(item: Item): Map<string, ZoneRecord> | null {
  return parseJson(item.zones?.S, value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const records = new Map<string, ZoneRecord>()
    for (const [zone, row] of Object.entries(value)) {
      const record = asRecord(row)
      if (record === null) return null
      records.set(zone, record)
    }
    return records
  })
}

function asRecord(row: unknown): ZoneRecord | null {
  if (!Array.isArray(row)) return null
  const [serial, hash, flags] = row
  if (!Number.isSafeInteger(serial) || serial < 0 || !(hash === null || typeof hash === 'string')) return null
  if (!Number.isSafeInteger(flags)) return null
  return { serial, hash, due: (flags & due) !== 0, orphaned: (flags & orphaned) !== 0 }
}

export interface Files {
  readonly namedConf: Published
  readonly liveList: Published
}

export const noFiles: Files = { namedConf: { hash: null, due: false }, liveList: { hash: null, due: false } }

/** The records of named.conf and the live list as an item. */
export function encodeFiles({ namedConf, liveList }: Files): Item {
  const row = (file: Published) => [file.hash, file.due]
  return { files: { S: JSON.stringify([row(namedConf), row(liveList)]) } }
}

/** The records of named.conf and the live list; null if the item cannot be read. */
export function decodeFiles(item: Item): Files | null {
  return parseJson(item.files?.S, value => {
    if (!Array.isArray(value)) return null
    const [namedConf, liveList] = value.map(asPublished)
    return namedConf && liveList ? { namedConf, liveList } : null
  })
}

function asPublished(row: unknown): Published | null {
  if (!Array.isArray(row)) return null
  const [hash, isDue] = row
  return (hash === null || typeof hash === 'string') && typeof isDue === 'boolean' ? { hash, due: isDue } : null
}
