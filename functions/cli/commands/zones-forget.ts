import { clock, monotonic, sleep } from '../../adapters/time/clock.ts'
import { anyNetworkInForce } from '../../app/configuration/choose.ts'
import { exitStatus, UsageError } from '../../app/errors.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { type Storage, storageAt } from '../../app/open-storage.ts'
import { existingPlaceOf } from '../../app/target.ts'
import { readTemplates } from '../../app/templates.ts'
import { withStorage } from '../../app/with-storage.ts'
import { startRunClock } from '../../core/domain/run-clock.ts'
import { untilWords } from '../../core/orders/orders.ts'
import { parseManifest, renderManifest } from '../../core/publication/manifest.ts'
import { recordedManifest } from '../../core/publication/manifest-text.ts'
import { publishedZones } from '../../core/publication/publication.ts'
import type { Published, ZoneRecord } from '../../core/state/network-state.ts'
import { hashText } from '../../core/zone/hash.ts'
import { renderNamedConf } from '../../core/zone/named-conf.ts'
import type { Templates } from '../../core/zone/render.ts'
import { persistently } from '../../cycle/free-lease.ts'
import { LeaseLost } from '../../cycle/ports/errors.ts'
import type { Lease, Recording, Stored } from '../../cycle/ports/ports.ts'
import { manifestKey, namedConfKey, zoneKey } from '../../cycle/publishing/keys.ts'
import { zonesIn } from '../../cycle/publishing/read-back.ts'
import type { Terminal } from '../output/terminal.ts'

const leaseSeconds = 60
/** How long the command waits for a cycle that works, and how often it looks: milliseconds. */
const patienceMs = 10_000
const lookAgainMs = 100

/**
 * `edgemanage zones forget ZONE…`: the operator's word for zones that left the configuration, or whose network did
 * (behaviour §7.6).
 */
export async function forgetZones(
  names: readonly string[],
  flags: NetworkFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const open = storageAt(existingPlaceOf(flags, env), env)
  const { name: network, zones: configured, isGone } = await anyNetworkInForce(flags, env)
  const zones = names.map(name => name.toLowerCase().replace(/\.$/, ''))
  for (const zone of zones.filter(one => configured.includes(one))) {
    throw new UsageError(`zone ${zone} is still in the configuration of ${network}: remove it there first`)
  }
  for (const zone of zones) {
    const warnings = await withStorage(open, false, storage =>
      forget(storage, { name: network, isGone }, zone, patienceMs),
    )
    for (const warning of warnings) terminal.err(`edgemanage: ${warning}\n`)
    terminal.out(`zone ${zone} of ${network} is forgotten\n`)
  }
  return exitStatus.success
}

/** The network whose zone is forgotten. */
interface Forgetful {
  readonly name: string
  /** It has left the configuration: no cycle of it runs any more. */
  readonly isGone?: boolean
}

/**
 * Takes a zone back, under the lease of its network, and tells what of the network's state was found unreadable (behaviour
 * §8.5). It is no cycle: the last one stays the last. Throws where the lease is still held after this many milliseconds, or
 * the zone never was published.
 */
export async function forget(
  storage: Pick<Storage, 'table' | 'bucket'>,
  network: Forgetful,
  zone: string,
  waitMs = 0,
): Promise<readonly string[]> {
  const deadlineMs = monotonic() + waitMs
  const begin = (now: number) =>
    storage.table.begin({ network: network.name, now, leaseSeconds, force: true, aside: true, samples: 1 })
  let { now, clock: runClock } = startRunClock({ clock, monotonic })
  let begun = await begin(now)
  while (begun.status !== 'begun' && monotonic() < deadlineMs) {
    await sleep(lookAgainMs)
    ;({ now, clock: runClock } = startRunClock({ clock, monotonic }))
    begun = await begin(now)
  }
  if (begun.status !== 'begun') {
    throw new Error(`another run holds the lease of ${network.name}${untilWords(begun.until)}: try again afterwards`)
  }
  const { lease, before } = begun
  let done: Done = { zones: new Map(), namedConf: null }
  try {
    const holding = () => checkLease(lease, runClock())
    done = await remove(storage, { lease, before, network, zone, templates: readTemplates(), holding })
  } finally {
    const records = { ...done, liveList: null }
    const settled = { now, status: null, live: null, rotations: null, records }
    await persistently(() => storage.table.finish(lease, settled), { sleep })
  }
  return before.warnings
}

interface Done {
  readonly zones: ReadonlyMap<string, ZoneRecord | null>
  readonly namedConf: Published | null
  readonly manifest?: Published
}

interface Forgetting {
  readonly lease: Lease
  readonly before: Stored
  readonly network: Forgetful
  readonly zone: string
  readonly templates: Templates
  /** Throws where the lease is over. */
  readonly holding: () => void
}

/**
 * The clause goes first, then the file, the manifest's row, and the record last: a name server never misses a file that
 * named.conf names, and no other network takes a zone that it still names.
 */
async function remove(
  storage: Pick<Storage, 'table' | 'bucket'>,
  { lease, before, network, zone, templates, holding }: Forgetting,
): Promise<Done> {
  // A zone whose record was lost has its clause all the same.
  const published = [
    ...publishedZones(before.zones),
    ...zonesIn((await storage.bucket.get(namedConfKey(network.name))) ?? ''),
  ]
  if (!before.zones.has(zone) && !published.includes(zone)) {
    throw new UsageError(`zone ${zone} was never published in ${network.name}`)
  }
  const rest = published.filter(name => name !== zone)
  const told = await storage.bucket.get(manifestKey(network.name))
  const text = renderNamedConf(templates.namedConf, network.name, rest, optionsIn(told))
  const announced = announcement(network, before)
  if (announced !== null) await storage.table.record(lease, announced)
  holding()
  await storage.bucket.put(namedConfKey(network.name), text)
  holding()
  await storage.bucket.delete(zoneKey(network.name, zone))
  const namedConf = { hash: hashText(text), due: false }
  holding()
  const manifest = await manifestWithout(zone, network.name, { before, namedConf }, storage.bucket)
  return { zones: new Map([[zone, null]]), namedConf, ...manifest }
}

/** `dns.zone_options` as the published manifest tells them: also of a network that has left the configuration. */
function optionsIn(manifest: string | null): string {
  const found = manifest === null ? '' : parseManifest(manifest)
  return typeof found === 'string' ? '' : (found.zoneOptions ?? '')
}

/** Takes a zone out of the published manifest, where there is one; one that is damaged is made anew from the records. */
async function manifestWithout(
  zone: string,
  network: string,
  { before, namedConf }: { readonly before: Stored; readonly namedConf: Published },
  bucket: Storage['bucket'],
): Promise<Pick<Done, 'manifest'>> {
  const key = manifestKey(network)
  const published = await bucket.get(key)
  if (published === null) return {}
  const found = parseManifest(published)
  const records = new Map([...before.zones].filter(([name]) => name !== zone))
  const sha256 = String(namedConf.hash)
  const text =
    typeof found === 'string'
      ? recordedManifest(network, { zones: records, namedConf })
      : renderManifest({
          ...{ ...found, network, zones: found.zones.filter(one => one.zone !== zone), claims: [] },
          namedConf: { key: namedConfKey(network), sha256 },
        })
  await bucket.put(key, text)
  return { manifest: { hash: hashText(text), due: false } }
}

/** Throws where the lease is over at `now`: another run may be publishing by then (behaviour §8.1). */
function checkLease({ network, until }: Lease, now: number): void {
  if (now >= until) throw new LeaseLost(`it took too long, and the lease of ${network} is over: try again`)
}

/** Whatever becomes of this run: until it is confirmed, named.conf and manifest are due (behaviour §7.4). */
function announcement(network: Forgetful, { live, rotations, namedConf, manifest }: Stored): Recording | null {
  // No cycle of it comes any more that could make up for anything.
  if (live === null && network.isGone === true) return null
  if (live === null) throw new Error(`the live set of ${network.name} is not recorded: run a cycle first`)
  const due = (file: Published) => ({ hash: file.hash, due: true })
  const files = { namedConf: due(namedConf), liveList: null, manifest: manifest?.hash ? due(manifest) : null }
  const intents = { live, rotations, rotation: null, zones: new Map(), ...files }
  return { run: null, hour: null, addresses: null, intents, keepUntil: 0 }
}
