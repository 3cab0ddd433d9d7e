import type { Pushed, Seen, ZoneRecord } from '../../core/state/network-state.ts'
import { nothingSeen } from '../../core/state/seen.ts'
import { joined } from './chunks.ts'
import { type Corrupt, reportCorrupt } from './corrupt.ts'
import { filesKey, pushedPrefix, seenKey, zonesPrefix } from './keys.ts'
import { decodePushed } from './pushed-items.ts'
import type { Item, Rows } from './rows.ts'
import { decodeSeen } from './seen-item.ts'
import { decodeFiles, decodeZones, noFiles } from './zone-items.ts'

/** What is known of a network's zones, of its files and of its records in Route 53. */
export async function loadZones(rows: Rows, corrupt: Corrupt[]) {
  const zones = new Map<string, ZoneRecord>()
  const pushed = new Map<string, Pushed>()
  const seenItems: Item[] = []
  let files = noFiles
  for (const item of await rows.list(zonesPrefix)) {
    if (item.sk?.S?.startsWith(`${seenKey}#`)) {
      seenItems.push(item)
      continue
    }
    if (item.sk?.S === filesKey) {
      const decoded = decodeFiles(item)
      if (decoded === null) reportCorrupt(corrupt, item, 'named.conf and the live list are written again')
      files = decoded ?? noFiles
      continue
    }
    if (item.sk?.S?.startsWith(pushedPrefix)) {
      const known = decodePushed(item)
      if (known === null) reportCorrupt(corrupt, item, 'the records of its zones are read in Route 53')
      for (const [zone, record] of known ?? []) pushed.set(zone, record)
      continue
    }
    const group = decodeZones(item)
    if (group === null) reportCorrupt(corrupt, item, 'the serials of its zones are read back from the published zones')
    for (const [zone, record] of group ?? []) zones.set(zone, record)
  }
  return { zones, pushed, ...files, seen: seenIn(seenItems, corrupt) }
}

function seenIn(items: readonly Item[], corrupt: Corrupt[]): Seen {
  const { text } = joined(items, seenKey)
  const seen = items.length > 0 && text === null ? null : decodeSeen(text)
  if (seen !== null) return seen
  for (const item of items)
    reportCorrupt(corrupt, item, 'what earlier cycles remembered of the bucket is learned again')
  return nothingSeen
}
