import { startRunClock } from '../core/domain/run-clock.ts'
import { manifestWithout, namedConfWithout } from '../core/publication/forgotten.ts'
import type { Published } from '../core/state/network-state.ts'
import { hashText } from '../core/zone/hash.ts'
import { persistently } from './free-lease.ts'
import { LeaseLost } from './ports/errors.ts'
import type { Lease, Ports, Recording, Settled, Stored } from './ports/ports.ts'
import { type FileWriter, fileWriter } from './publishing/file-writer.ts'
import { manifestKey, namedConfKey, zoneKey } from './publishing/keys.ts'
import { zonesIn } from './publishing/read-back.ts'

const leaseSeconds = 60
/** How often it looks whether a cycle that works has ended: milliseconds. */
const lookAgainMs = 100

/** The network whose zone is forgotten. */
export interface Forgetful {
  readonly name: string
  /** It has left the configuration: no cycle of it runs any more. */
  readonly isGone?: boolean
  /** The text of `templates/named.conf.hbs`. */
  readonly namedConfTemplate: string
}

/** What became of the operator's word. */
export type Forgotten =
  /** `warnings`: what of the network's state was found unreadable (behaviour §8.5). */
  | { readonly status: 'forgotten'; readonly warnings: readonly string[] }
  /** Another run holds the lease until then (milliseconds; null: nobody knows). */
  | { readonly status: 'locked'; readonly until: number | null }
  | { readonly status: 'never published' }
  /** Only a cycle can read the live set back. */
  | { readonly status: 'live set lost' }

type ForgetPorts = Pick<Ports, 'table' | 'bucket' | 'clock' | 'monotonic' | 'sleep'>

/**
 * Takes a zone back, under the lease of its network, for which it waits at most `waitMs` milliseconds (behaviour §7.6). It is no
 * cycle: the last one stays the last. Throws what keeps it from being done; what was begun is due then.
 */
export async function forgetZone(
  network: Forgetful,
  zone: string,
  waitMs: number,
  ports: ForgetPorts,
): Promise<Forgotten> {
  const { now, clock, begun } = await beginAside(network.name, waitMs, ports)
  if (begun.status !== 'begun') return { status: 'locked', until: begun.until }
  const { lease, before } = begun
  const writer = fileWriter(lease.until, { bucket: ports.bucket, clock })
  let settled: Settled = { now, status: null, live: null, rotations: null, records: nothingDone }
  try {
    const done = await takeBack(network, zone, { lease, before, writer }, ports)
    if (typeof done === 'string') return { status: done }
    settled = { ...settled, records: done }
  } finally {
    await persistently(() => ports.table.finish(lease, settled), ports)
  }
  return { status: 'forgotten', warnings: before.warnings }
}

const nothingDone: Settled['records'] = { zones: new Map(), namedConf: null, liveList: null }

async function beginAside(network: string, waitMs: number, ports: ForgetPorts) {
  const deadlineMs = ports.monotonic() + waitMs
  for (;;) {
    const { now, clock } = startRunClock(ports)
    const begun = await ports.table.begin({ network, now, leaseSeconds, force: true, aside: true, samples: 1 })
    if (begun.status === 'begun' || ports.monotonic() >= deadlineMs) return { now, clock, begun }
    await ports.sleep(lookAgainMs)
  }
}

interface Work {
  readonly lease: Lease
  readonly before: Stored
  readonly writer: FileWriter
}

/**
 * The clause goes first, then the file, the manifest's row, and the record last: a name server never misses a file that
 * named.conf names, and no other network takes a zone that it still names. Gives what is to be recorded.
 */
async function takeBack(
  network: Forgetful,
  zone: string,
  { lease, before, writer }: Work,
  { bucket, table }: ForgetPorts,
): Promise<Settled['records'] | 'never published' | 'live set lost'> {
  const { name, namedConfTemplate } = network
  // A zone whose record was lost has its clause all the same.
  const clauses = zonesIn((await bucket.get(namedConfKey(name))) ?? '')
  if (!before.zones.has(zone) && !clauses.includes(zone)) return 'never published'
  const announced = announcement(network, before)
  if (announced === 'live set lost') return announced
  if (announced !== null) await table.record(lease, announced)
  const published = await bucket.get(manifestKey(name))
  const about = { name, template: namedConfTemplate, records: before.zones, clauses, manifest: published }
  const conf = namedConfWithout(zone, about)
  const namedConf = await written(writer, lease, namedConfKey(name), conf)
  checkTime(writer, lease)
  await bucket.delete(zoneKey(name, zone))
  const zones = new Map([[zone, null]])
  if (published === null) return { zones, namedConf, liveList: null }
  const text = manifestWithout(zone, published, { name, records: before.zones, namedConf })
  return { zones, namedConf, liveList: null, manifest: await written(writer, lease, manifestKey(name), text) }
}

/** Writes a file as a cycle writes it; one that is not confirmed ends the work, and stays due. */
async function written(writer: FileWriter, lease: Lease, key: string, text: string): Promise<Published> {
  checkTime(writer, lease)
  const failure = await writer.put(key, text)
  if (failure !== null) throw new Error(failure)
  return { hash: hashText(text), due: false }
}

/** Throws where the lease is over: another run may be publishing by then (behaviour §8.1). */
function checkTime(writer: FileWriter, { network }: Lease): void {
  if (writer.isOver()) throw new LeaseLost(`it took too long, and the lease of ${network} is over: try again`)
}

/** Whatever becomes of this run: until it is confirmed, named.conf and manifest are due (behaviour §7.4). */
function announcement(network: Forgetful, { live, rotations, namedConf, manifest }: Stored) {
  // No cycle of it comes any more that could make up for anything.
  if (live === null) return network.isGone === true ? null : 'live set lost'
  const due = (file: Published) => ({ hash: file.hash, due: true })
  const files = { namedConf: due(namedConf), liveList: null, manifest: manifest?.hash ? due(manifest) : null }
  const intents = { live, rotations, rotation: null, zones: new Map(), ...files }
  const recording: Recording = { run: null, hour: null, addresses: null, intents, keepUntil: 0 }
  return recording
}
