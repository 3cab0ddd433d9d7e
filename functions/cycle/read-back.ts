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
export async function withForgottenZones(network: Network, recorded: Before, bucket: Bucket): Promise<Before> {
  const configured = new Set(network.zones.map(zone => zone.name))
  const before = await withUnconfirmedZones(network.name, configured, recorded, bucket)
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

/**
 * A first write may have been carried out though it never was confirmed: where such a zone has left the configuration
 * meanwhile, it counts as published if its file is there, and if nobody can tell.
 */
async function withUnconfirmedZones(
  network: string,
  configured: ReadonlySet<string>,
  before: Before,
  bucket: Bucket,
): Promise<Before> {
  const doubtful = [...before.zones].filter(
    ([zone, record]) => record.hash === null && record.due && !record.orphaned && !configured.has(zone),
  )
  if (doubtful.length === 0) return before
  const zones = new Map(before.zones)
  await inParallel(
    doubtful,
    readsAtOnce,
    () => false,
    async ([zone, record]) => {
      const isThere = await bucket.get(zoneKey(network, zone)).then(
        text => text !== null,
        () => true,
      )
      if (isThere) zones.set(zone, { ...record, hash: 'unknown' })
    },
  )
  return { ...before, zones }
}

/** The zones that have a clause in a published named.conf. */
export function zonesIn(namedConf: string): string[] {
  return [...namedConf.matchAll(/^\s*zone "([^"]+)"/gm)].map(([, name]) => String(name))
}
