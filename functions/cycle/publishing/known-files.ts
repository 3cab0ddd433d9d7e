import { loadZoneMaker } from '../../core/publication/making.ts'
import type { Before, ZoneRecord } from '../../core/state/network-state.ts'
import { hashText } from '../../core/zone/hash.ts'
import { inParallel } from '../flow/pool.ts'
import type { Bucket } from '../ports/ports.ts'
import { zoneKey } from './keys.ts'

const readsAtOnce = 32

/**
 * The state with the files that the manifest is to tell of (behaviour §7.9) and the table does not know: those of zones
 * that an earlier version published, or whose record was lost. What cannot be read stays unknown.
 */
export async function withKnownFiles(
  network: string,
  before: Before,
  bucket: Bucket,
  isOver: () => boolean,
): Promise<Before> {
  const unknown: [string, ZoneRecord][] = []
  for (const [zone, record] of before.zones) {
    if (record.hash !== null && record.file === undefined) unknown.push([zone, record])
  }
  if (unknown.length === 0) return before
  const { serialOf } = await loadZoneMaker()
  const zones = new Map(before.zones)
  const learned = new Map(before.learned)
  await inParallel(unknown, readsAtOnce, isOver, async ([zone, record]) => {
    const text = await bucket.get(zoneKey(network, zone)).catch(() => undefined)
    if (text === undefined) return
    const file = text === null ? null : { serial: serialOf(text) ?? 0, sha256: hashText(text) }
    zones.set(zone, { ...record, file })
    learned.set(zone, { ...record, file })
  })
  return { ...before, zones, learned }
}
