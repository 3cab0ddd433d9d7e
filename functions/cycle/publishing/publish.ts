import type { Confirmed } from '../../core/decision/settle.ts'
import type { Publication } from '../../core/publication/publication.ts'
import type { ZonePlan } from '../../core/publication/zone-plan.ts'
import { pushedAfter, type RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { Before } from '../../core/state/network-state.ts'
import { inParallel } from '../flow/pool.ts'
import type { Ports } from '../ports/ports.ts'
import { pushWhatIsDue } from '../route53/lazy-push.ts'
import { claimZones } from './claim.ts'
import { type FileWriter, fileWriter, tooLate } from './file-writer.ts'
import { liveListKey, manifestKey, namedConfKey, zoneKey } from './keys.ts'
import type { Texts } from './texts.ts'

const writesAtOnce = 32

/** What was written and confirmed, and why the rest was not. */
export interface Published extends Confirmed {
  /** By zone. */
  readonly failures: ReadonlyMap<string, string>
  /** By zone: what became of its records in Route 53; zones that were not touched are missing. */
  readonly records: ReadonlyMap<string, RecordOutcome>
  readonly warnings: readonly string[]
  /** By key, of what was written: its ETag, or null where that is the MD5 of the text. */
  readonly etags: ReadonlyMap<string, string | null>
  /** Something was to be published and nothing of it got out (behaviour §8.7). */
  readonly gotNothingOut: boolean
}

/** How files are written. */
export interface Writing {
  readonly network: string
  readonly texts: Texts
  /** The last moment (milliseconds) at which a write may start or still be under way. */
  readonly endsAt: number
}

/** How records are pushed. */
export interface Pushing {
  /** What is known of the zones' records. */
  readonly pushed: Before['pushed']
  /** This network's share of Route 53's rate, in requests a second. */
  readonly rate: number
  /** Milliseconds: the cycle's start. */
  readonly now: number
}

/**
 * Writes zones, then named.conf, then the live list and the manifest, and meanwhile pushes records; each may fail alone
 * and stays due (behaviour §7.4, §7.9). Zones that are new to the network are claimed before named.conf names them (§7.6). Nothing is started after `endsAt`, and what is under way then is given up.
 */
export async function publish(
  publication: Publication,
  writing: Writing,
  { pushed: before, rate, now }: Pushing,
  ports: Pick<Ports, 'bucket' | 'records' | 'clock' | 'sleep' | 'progress'>,
): Promise<Published> {
  const limit = { endsAt: writing.endsAt, rate, dryRun: false, verbose: false }
  const pushing = pushWhatIsDue(publication.records, limit, ports)
  const written = await writeFiles(publication, writing, ports)
  const records = await pushing
  const pushed = pushedAfter(publication.records, records, before, now)
  // Of what was refused nothing could have got out: it is the zone's own fault, as an invalid include is.
  const pushes = [...records.values()].filter(({ action }) => action === 'upserted' || action === 'due')
  const asked = written.asked + pushes.length
  const done = written.done + pushes.filter(({ action }) => action === 'upserted').length
  const warnings = [...written.warnings, ...[...records.values()].flatMap(record => record.warnings)]
  return { ...written, pushed, records, warnings, gotNothingOut: asked > 0 && done === 0 }
}

async function writeFiles(
  publication: Publication,
  writing: Writing,
  ports: Pick<Ports, 'bucket' | 'clock' | 'progress'>,
) {
  const { network, texts } = writing
  const writer = fileWriter(writing.endsAt, ports)
  const refused = await claimNewZones(publication, writing, writer, ports)
  const { zones, failures, wanted } = await publishZones(publication, refused, network, writer, ports)
  const newZones = newZonesIn(publication)
  const named = [...zones.keys()].filter(zone => publication.manifest || !newZones.includes(zone))
  const conf = publication.namedConf ? texts.namedConf(named) : null
  const namedConf = await writer.file('named.conf', namedConfKey(network), conf)
  const liveList = await writer.file('the live list', liveListKey(network), publication.liveList)
  // One whose answer was lost may be there: it stays claimed until that is known.
  const claims = newZones.filter(zone => !refused.has(zone) && !zones.has(zone))
  const text = publication.manifest ? texts.manifest({ zones, namedConf: namedConf.hash, claims, isFinal: true }) : null
  const manifest = await writer.file('the manifest', manifestKey(network), text)
  const hashes = { namedConf: namedConf.hash, liveList: liveList.hash, manifest: manifest.hash }
  const zoneWarnings = [...failures].map(([zone, why]) => `zone ${zone} is due: ${why}`)
  const warnings = [...zoneWarnings, ...[namedConf, liveList, manifest].flatMap(({ due }) => due ?? [])]
  const asked = wanted + Number(conf !== null) + Number(publication.liveList !== null)
  const done = zones.size + Number(namedConf.hash !== null) + Number(liveList.hash !== null)
  return { zones, ...hashes, failures, warnings, etags: writer.etags, asked, done }
}

/** Why zones that are new to the network must not be named, and so not be written (behaviour §7.6). */
async function claimNewZones(
  publication: Publication,
  { network, texts, endsAt }: Writing,
  writer: FileWriter,
  ports: Pick<Ports, 'bucket' | 'clock'>,
): Promise<Map<string, string>> {
  const zones = newZonesIn(publication)
  // Where named.conf is not written either, they are not named, and need no claim yet.
  if (!publication.manifest) return new Map()
  const announce = (claims: readonly string[]) =>
    writer.put(manifestKey(network), texts.manifest({ zones: new Map(), namedConf: null, claims, isFinal: false }))
  return claimZones({ network, zones, announce, endsAt }, ports)
}

/** The zones that are to be written, and named by this network for the first time. */
function newZonesIn({ zones }: Publication): string[] {
  const isNew = (plan: ZonePlan) => plan.action === 'write' && plan.record.unclaimed === true
  return zones.filter(isNew).map(({ zone }) => zone)
}

async function publishZones(
  publication: Publication,
  refused: ReadonlyMap<string, string>,
  network: string,
  writer: FileWriter,
  ports: Pick<Ports, 'progress'>,
) {
  const zones = new Map<string, string>()
  const failures = new Map(refused)
  const plans = publication.zones.flatMap(plan => (plan.action === 'write' ? [plan] : []))
  const free = plans.filter(({ zone }) => !refused.has(zone))
  await inParallel(free, writesAtOnce, writer.isOver, async plan => {
    const failure = await writer.put(zoneKey(network, plan.zone), plan.text)
    if (failure === null) zones.set(plan.zone, plan.hash)
    else failures.set(plan.zone, failure)
    ports.progress({ step: 'publishing', done: zones.size + failures.size, total: plans.length })
  })
  for (const plan of plans) {
    if (!zones.has(plan.zone) && !failures.has(plan.zone)) failures.set(plan.zone, tooLate)
  }
  return { zones, failures, wanted: plans.length }
}
