import { isMap } from '../../core/domain/is-map.ts'
import type { Former, Pushed } from '../../core/state/network-state.ts'
import type { RecordSet } from '../../core/zone/record-set.ts'
import { asNames, parseJson } from './chunks.ts'
import { pushedPrefix } from './keys.ts'
import type { Item } from './rows.ts'
import { groupOf } from './zone-items.ts'

/** The sort key of the item that holds what is known of a zone's records in Route 53. */
export function pushedKeyOf(zone: string): string {
  return pushedPrefix + groupOf(zone)
}

/** A group of zones' records as an item. A zone's names mostly share their values, so those are kept once. */
export function encodePushed(records: Iterable<readonly [string, Pushed]>): Item {
  const rows = [...records].map(([zone, { hostedZone, sets, attempted, due, former }]) => {
    const left = former === undefined ? [] : [former.map(one => [one.hostedZone, one.keys])]
    return [zone, [hostedZone, due, attempted, packSets(sets), ...left]]
  })
  return { pushed: { S: JSON.stringify(Object.fromEntries(rows)) } }
}

/** The records of an item, by zone; null if it cannot be read. */
export function decodePushed(item: Item): Map<string, Pushed> | null {
  return parseJson(item.pushed?.S, value => {
    if (!isMap(value)) return null
    const records = new Map<string, Pushed>()
    for (const [zone, row] of Object.entries(value)) {
      const record = asPushed(row)
      if (record === null) return null
      records.set(zone, record)
    }
    return records
  })
}

type Row = [type: string, ttl: number, values: readonly string[], names: string[]]

function packSets(sets: readonly RecordSet[]): Row[] {
  const rows = new Map<string, Row>()
  for (const { name, type, ttl, values } of sets) {
    const key = JSON.stringify([type, ttl, values])
    const row: Row = rows.get(key) ?? [type, ttl, values, []]
    row[3].push(name)
    rows.set(key, row)
  }
  return [...rows.values()]
}

function asPushed(row: unknown): Pushed | null {
  if (!Array.isArray(row)) return null
  const [hostedZone, due, attempted, packed, left = []] = row
  if (!(hostedZone === null || typeof hostedZone === 'string')) return null
  if (!(due === null || Number.isSafeInteger(due)) || asNames(attempted) === null || !Array.isArray(packed)) return null
  const unpacked = packed.map(asSets)
  const former = Array.isArray(left) ? left.map(asFormer) : [null]
  if (unpacked.includes(null) || former.includes(null)) return null
  const pushed = { hostedZone, due, attempted, sets: unpacked.flatMap(sets => sets ?? []) }
  return former.length === 0 ? pushed : { ...pushed, former: former.flatMap(one => one ?? []) }
}

function asFormer(row: unknown): Former | null {
  if (!Array.isArray(row)) return null
  const [hostedZone, listed] = row
  const keys = asNames(listed)
  return typeof hostedZone === 'string' && keys !== null ? { hostedZone, keys } : null
}

function asSets(row: unknown): RecordSet[] | null {
  if (!Array.isArray(row)) return null
  const [type, ttl, values, names] = row
  const listed = asNames(names)
  const isSound = (type === 'A' || type === 'AAAA') && Number.isSafeInteger(ttl) && asNames(values) !== null
  return isSound && listed !== null ? listed.map(name => ({ name, type, ttl, values })) : null
}
