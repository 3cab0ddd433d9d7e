import { canonicalEdge } from '../../core/config/edge-name.ts'
import { type Network, zoneNames } from '../../core/config/network.ts'
import { messageOf } from '../../core/domain/message.ts'
import { byName } from '../../core/domain/model.ts'
import { ownerElsewhere } from '../../core/publication/handover.ts'
import { loadZoneMaker, withZoneMaker } from '../../core/publication/making.ts'
import { hasAsOwn, parseManifest } from '../../core/publication/manifest.ts'
import { expectedNamedConf } from '../../core/publication/published-zones.ts'
import type { ReadBack } from '../../core/publication/zone-basis.ts'
import { whyWriteContent } from '../../core/publication/zone-plan.ts'
import type { Before, ZoneRecord } from '../../core/state/network-state.ts'
import type { Templates } from '../../core/zone/render.ts'
import { checkZoneName } from '../../core/zone/zone-name.ts'
import { inParallel } from '../flow/pool.ts'
import type { Bucket, Stored } from '../ports/ports.ts'
import { liveListKey, manifestKey, namedConfKey, zoneKey } from './keys.ts'

const readsAtOnce = 32

/** The state with a lost live set read back from the live list (behaviour §8.5); null where that cannot be read. */
export async function withLiveSet(network: string, stored: Stored, bucket: Bucket): Promise<Before> {
  if (stored.live !== null) return stored
  try {
    const text = await bucket.get(liveListKey(network))
    if (text === null) return { ...stored, live: [] }
    const lines = text.split('\n').map(line => line.trim())
    const live = [...new Set(lines.filter(line => line !== '').map(canonicalEdge))].sort(byName)
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
    found.set(name, await readZone(network.name, name, bucket))
  })
  return found
}

async function readZone(network: string, zone: string, bucket: Bucket): Promise<ReadBack> {
  try {
    return { status: 'read', text: await bucket.get(zoneKey(network, zone)) }
  } catch {
    return { status: 'unreadable' }
  }
}

/**
 * The state with what the published named.conf knows and the records do not: a zone once published keeps its clause even
 * when its record is lost (behaviour §7.6, §8.5). It is read where a configured zone has no record, and where the records
 * do not make up the named.conf that was published last.
 */
export async function withPublishedClauses(
  network: Network,
  recorded: Before,
  templates: Templates,
  bucket: Bucket,
): Promise<Before> {
  const configured = zoneNames(network.zones)
  let before = recorded
  try {
    before = await withUnconfirmedZones(network, recorded, bucket)
    const areAllKnown = network.zones.every(zone => before.zones.has(zone.name))
    const { hash } = await withZoneMaker(() => expectedNamedConf({ network, before, templates }, []))
    if (areAllKnown && whyWriteContent(before.namedConf, hash, false) === null) return before
    const clauses = zonesIn((await bucket.get(namedConfKey(network.name))) ?? '')
    const lost = clauses.filter(name => !configured.has(name) && !before.zones.has(name))
    return withNamedZones(
      { ...before, zones: await withLostZones(network.name, lost, before.zones, bucket), clauses },
      clauses,
    )
  } catch (error) {
    const warning = `named.conf cannot be read, and is left as it is until it can: ${messageOf(error)}`
    return { ...before, clauses: 'unread', warnings: [...before.warnings, warning] }
  }
}

/** What named.conf names is this network's own, whatever was about to become of it (behaviour §7.6). */
function withNamedZones(before: Before, clauses: readonly string[]): Before {
  const learned = new Map(before.learned)
  for (const zone of clauses) {
    const record = before.zones.get(zone)
    if (record?.unclaimed !== true) continue
    const { unclaimed: _, ...named } = record
    learned.set(zone, { ...named, hash: named.hash ?? 'unknown' })
  }
  return learned.size === 0 ? before : { ...before, zones: new Map([...before.zones, ...learned]), learned }
}

/** The records with those of zones that left the configuration and lost theirs; the serial is that of the zone's file. */
async function withLostZones(
  network: string,
  lost: readonly string[],
  records: Before['zones'],
  bucket: Bucket,
): Promise<Before['zones']> {
  const zones = new Map(records)
  const { lastSerialIn } = await loadZoneMaker()
  await inParallel(
    lost,
    readsAtOnce,
    () => false,
    async name => {
      const found = await readZone(network, name, bucket)
      // Where nobody can tell the serial, it has its clause, and the next cycle asks again.
      if (found.status === 'unreadable') return
      zones.set(name, { serial: lastSerialIn(found.text), hash: 'unknown', due: false, orphaned: false })
    },
  )
  return zones
}

/**
 * A first write may have been carried out though it never was confirmed: where such a zone has left the configuration
 * meanwhile, it counts as published if its file is there, and if nobody can tell; but one that was not claimed before
 * never was written (behaviour §7.6). Throws where the claims cannot be read.
 */
async function withUnconfirmedZones(network: Network, before: Before, bucket: Bucket) {
  const { name } = network
  const own = zoneNames(network.zones)
  const isDoubtful = (zone: string, { hash, due, orphaned }: ZoneRecord) =>
    hash === null && due && !orphaned && !own.has(zone) && ownerElsewhere(zone, network) === null
  const doubtful: [string, ZoneRecord][] = []
  for (const [zone, record] of before.zones) if (isDoubtful(zone, record)) doubtful.push([zone, record])
  if (doubtful.length === 0) return before
  const isClaimed = await claimsOf(name, doubtful, bucket)
  const zones = new Map(before.zones)
  await inParallel(
    doubtful.filter(([zone]) => isClaimed(zone)),
    readsAtOnce,
    () => false,
    async ([zone, { unclaimed: _, ...record }]) => {
      const found = await readZone(name, zone, bucket)
      if (found.status === 'unreadable' || found.text !== null) zones.set(zone, { ...record, hash: 'unknown' })
    },
  )
  return { ...before, zones }
}

/** Tells which of these zones the network has claimed; those that an earlier version announced needed no claim. */
async function claimsOf(network: string, records: readonly (readonly [string, ZoneRecord])[], bucket: Bucket) {
  const unclaimed = new Set(records.filter(([, record]) => record.unclaimed === true).map(([zone]) => zone))
  const text = unclaimed.size === 0 ? null : await bucket.get(manifestKey(network))
  const manifest = text === null ? null : parseManifest(text)
  const hasIt = (zone: string) => manifest !== null && typeof manifest !== 'string' && hasAsOwn(manifest, zone)
  return (zone: string) => !unclaimed.has(zone) || hasIt(zone)
}

/** The zones that have a clause in a published named.conf; what is not a zone's name is left out. */
export function zonesIn(namedConf: string): string[] {
  const names = [...namedConf.matchAll(/^\s*zone "([^"]+)"/gm)].map(([, name]) => String(name))
  return names.filter(name => checkZoneName(name) === null)
}
