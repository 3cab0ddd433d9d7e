import type { Before } from '../core/before.ts'
import type { Network } from '../core/config/network.ts'
import { messageOf } from '../core/message.ts'
import { byName } from '../core/model.ts'
import type { ReadBack } from '../core/plan.ts'
import { liveListKey, namedConfKey, zoneKey } from './keys.ts'
import { inParallel } from './pool.ts'
import type { Bucket, Stored } from './ports.ts'

const readsAtOnce = 32

/** The state with a lost live set read back from the live list (behaviour §8.5); null where that cannot be read. */
export async function withLiveSet(network: string, stored: Stored, bucket: Bucket): Promise<Before> {
  if (stored.live !== null) return stored
  try {
    const text = await bucket.get(liveListKey(network))
    if (text === null) return { ...stored, live: [] }
    const live = [...new Set(text.split('\n').map(line => line.trim()))].filter(line => line !== '').sort(byName)
    const warning = `no live set is recorded: the published live list is taken (${live.join(', ')})`
    return { ...stored, live, warnings: [...stored.warnings, warning] }
  } catch (error) {
    return { ...stored, warnings: [...stored.warnings, `the live list cannot be read: ${messageOf(error)}`] }
  }
}

/** Reads back the published zones whose record is missing or whose include is broken (behaviour §7.5, §8.5). */
export async function readBackZones(
  network: Network,
  before: Before,
  bucket: Bucket,
  isOver: () => boolean,
): Promise<Map<string, ReadBack>> {
  const found = new Map<string, ReadBack>()
  const wanted = network.zones.filter(zone => !before.zones.has(zone.name) || zone.include === null)
  await inParallel(wanted, readsAtOnce, isOver, async ({ name }) => {
    try {
      found.set(name, { status: 'read', text: await bucket.get(zoneKey(network.name, name)) })
    } catch {
      found.set(name, { status: 'unreadable' })
    }
  })
  return found
}

/**
 * The state with the zones that only the published named.conf still knows, where records are missing: a zone that is
 * gone from the configuration keeps its clause even when its record is lost (behaviour §7.6, §8.5).
 */
export async function withForgottenZones(network: Network, before: Before, bucket: Bucket): Promise<Before> {
  const configured = new Set(network.zones.map(zone => zone.name))
  if ([...configured].every(zone => before.zones.has(zone))) return before
  try {
    const text = (await bucket.get(namedConfKey(network.name))) ?? ''
    const zones = new Map(before.zones)
    for (const name of zonesIn(text)) {
      if (configured.has(name) || zones.has(name)) continue
      zones.set(name, { serial: 0, hash: 'unknown', due: false, orphaned: false })
    }
    return { ...before, zones }
  } catch (error) {
    return { ...before, warnings: [...before.warnings, `named.conf cannot be read: ${messageOf(error)}`] }
  }
}

/** The zones that have a clause in a published named.conf. */
export function zonesIn(namedConf: string): string[] {
  return [...namedConf.matchAll(/^\s*zone "([^"]+)"/gm)].map(([, name]) => String(name))
}
