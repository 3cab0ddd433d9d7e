import { createHash } from 'node:crypto'
import { isMap } from '../../core/domain/is-map.ts'
import { zoneItems } from '../../core/domain/limits.ts'
import { neverPublished, type Published, type ZoneFile, type ZoneRecord } from '../../core/state/network-state.ts'
import { parseJson } from './chunks.ts'
import { zonesPrefix } from './keys.ts'
import type { Item } from './rows.ts'

/** The sort key of the item that holds a zone's record. */
export function groupKeyOf(zone: string): string {
  return zonesPrefix + groupOf(zone)
}

/** The group of a zone: two digits. */
export function groupOf(zone: string): string {
  const group = (createHash('sha256').update(zone).digest()[0] ?? 0) % zoneItems
  return String(group).padStart(2, '0')
}

const due = 1
const orphaned = 2
const unclaimed = 4

/** A group of zone records as an item. */
export function encodeZones(records: Iterable<readonly [string, ZoneRecord]>): Item {
  const rows = [...records].map(([zone, record]) => {
    const { serial, hash, file } = record
    const flags = (record.due ? due : 0) | (record.orphaned ? orphaned : 0) | (record.unclaimed ? unclaimed : 0)
    if (file === undefined) return [zone, [serial, hash, flags]]
    if (file === null) return [zone, [serial, hash, flags, null]]
    const ownSerial = file.serial === serial ? [] : [file.serial]
    return [zone, [serial, hash, flags, Buffer.from(file.sha256, 'hex').toString('base64'), ...ownSerial]]
  })
  return { zones: { S: JSON.stringify(Object.fromEntries(rows)) } }
}

/** The zone records of an item; null if it cannot be read. */
export function decodeZones(item: Item): Map<string, ZoneRecord> | null {
  return parseJson(item.zones?.S, value => {
    if (!isMap(value)) return null
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
  const [serial, hash, flags, packed, fileSerial = serial] = row
  if (!Number.isSafeInteger(serial) || serial < 0 || !(hash === null || typeof hash === 'string')) return null
  if (!Number.isSafeInteger(flags)) return null
  const file = asFile(packed, fileSerial)
  if (file === 'unreadable') return null
  return {
    ...{ serial, hash, due: (flags & due) !== 0, orphaned: (flags & orphaned) !== 0 },
    ...((flags & unclaimed) === 0 ? {} : { unclaimed: true as const }),
    ...(file === undefined ? {} : { file }),
  }
}

/** Older rows have none: then the file is not known. */
function asFile(packed: unknown, serial: unknown): ZoneFile | null | undefined | 'unreadable' {
  if (packed === undefined || packed === null) return packed
  const sha256 = typeof packed === 'string' ? Buffer.from(packed, 'base64').toString('hex') : ''
  return sha256.length === 64 && Number.isSafeInteger(serial) ? { serial: Number(serial), sha256 } : 'unreadable'
}

export interface Files {
  readonly namedConf: Published
  readonly liveList: Published
  readonly manifest: Published
}

export const noFiles: Files = { namedConf: neverPublished, liveList: neverPublished, manifest: neverPublished }

/** The records of named.conf, the live list and the manifest as an item. */
export function encodeFiles({ namedConf, liveList, manifest }: Files): Item {
  const row = (file: Published) => [file.hash, file.due]
  return { files: { S: JSON.stringify([namedConf, liveList, manifest].map(row)) } }
}

/** The records of named.conf, the live list and the manifest (none in older items); null if the item cannot be read. */
export function decodeFiles(item: Item): Files | null {
  return parseJson(item.files?.S, value => {
    if (!Array.isArray(value)) return null
    const [namedConf, liveList, manifest = neverPublished] = value.map(asPublished)
    return namedConf && liveList && manifest ? { namedConf, liveList, manifest } : null
  })
}

function asPublished(row: unknown): Published | null {
  if (!Array.isArray(row)) return null
  const [hash, isDue] = row
  return (hash === null || typeof hash === 'string') && typeof isDue === 'boolean' ? { hash, due: isDue } : null
}

/** What changes of the files; null, or left out: nothing. */
interface FileChanges {
  readonly namedConf: Published | null
  readonly liveList: Published | null
  readonly manifest?: Published | null
}

/** What is known of the files afterwards; null where nothing of it changes. */
export function filesAfter(known: Files, { namedConf, liveList, manifest = null }: FileChanges): Files | null {
  if (namedConf === null && liveList === null && manifest === null) return null
  return {
    namedConf: namedConf ?? known.namedConf,
    liveList: liveList ?? known.liveList,
    manifest: manifest ?? known.manifest,
  }
}
