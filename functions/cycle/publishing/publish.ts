import type { Network } from '../../core/config/network.ts'
import type { Confirmed } from '../../core/decision/settle.ts'
import { messageOf } from '../../core/domain/message.ts'
import type { Publication } from '../../core/publication/publication.ts'
import type { ZonePlan } from '../../core/publication/zone-plan.ts'
import { pushedAfter, type RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { Before } from '../../core/state/network-state.ts'
import { hashText, md5 } from '../../core/zone/hash.ts'
import { signalAfter } from '../flow/limit.ts'
import { inParallel } from '../flow/pool.ts'
import type { Ports } from '../ports/ports.ts'
import { pushWhatIsDue } from '../route53/lazy-push.ts'
import { claimZones } from './claim.ts'
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

/** The last moment (milliseconds) at which a write may start or still be under way. */
export interface PublishLimit {
  readonly endsAt: number
  /** What is known of the zones' records, and this network's share of Route 53's rate. */
  readonly pushed: Before['pushed']
  readonly recordsRate: number
  /** Milliseconds: the cycle's start. */
  readonly now: number
  readonly texts: Texts
}

/**
 * Writes zones, then named.conf, then the live list and the manifest, and meanwhile pushes records; each may fail alone
 * and stays due (behaviour §7.4, §7.9). Zones that are new to the network are claimed before named.conf names them (§7.6). Nothing is started after `endsAt`, and what is under way then is given up.
 */
export async function publish(
  publication: Publication,
  network: Network,
  limit: PublishLimit,
  ports: Pick<Ports, 'bucket' | 'records' | 'clock' | 'sleep' | 'progress'>,
): Promise<Published> {
  const { endsAt, recordsRate: rate } = limit
  const pushing = pushWhatIsDue(publication.records, { endsAt, rate, dryRun: false, verbose: false }, ports)
  const written = await writeFiles(publication, network, limit, ports)
  const records = await pushing
  const pushed = pushedAfter(publication.records, records, limit.pushed, limit.now)
  // Of what was refused nothing could have got out: it is the zone's own fault, as an invalid include is.
  const pushes = [...records.values()].filter(({ action }) => action === 'upserted' || action === 'due')
  const asked = written.asked + pushes.length
  const done = written.done + pushes.filter(({ action }) => action === 'upserted').length
  const warnings = [...written.warnings, ...[...records.values()].flatMap(record => record.warnings)]
  return { ...written, pushed, records, warnings, gotNothingOut: asked > 0 && done === 0 }
}

async function writeFiles(
  publication: Publication,
  network: Network,
  limit: PublishLimit,
  ports: Pick<Ports, 'bucket' | 'clock' | 'progress'>,
) {
  const isOver = () => ports.clock() >= limit.endsAt
  const etags = new Map<string, string | null>()
  const put = async (key: string, text: string): Promise<string | null> => {
    if (isOver()) return 'time was over before it was written'
    try {
      const etag = await ports.bucket.put(key, text, signalAfter(limit.endsAt - ports.clock()))
      etags.set(key, etag === '' || etag === md5(text) ? null : etag)
      return null
    } catch (error) {
      return messageOf(error)
    }
  }
  const refused = await claimNewZones(publication, network.name, limit, put, ports)
  const { zones, failures, wanted } = await publishZones({ publication, refused }, network, put, isOver, ports)
  const warnings = [...failures].map(([zone, why]) => `zone ${zone} is due: ${why}`)
  const file = async (name: string, key: string, text: string | null): Promise<string | null> => {
    if (text === null) return null
    const failure = await put(key, text)
    if (failure === null) return hashText(text)
    warnings.push(`${name} is due: ${failure}`)
    return null
  }
  const { texts } = limit
  const unnamed = new Set(publication.manifest ? [] : newZonesIn(publication))
  const named = [...zones.keys()].filter(zone => !unnamed.has(zone))
  const conf = publication.namedConf ? texts.namedConf(named) : null
  const namedConf = await file('named.conf', namedConfKey(network.name), conf)
  const liveList = await file('the live list', liveListKey(network.name), publication.liveList)
  // One whose answer was lost may be there: it stays claimed until that is known.
  const claims = newZonesIn(publication).filter(zone => !refused.has(zone) && !zones.has(zone))
  const text = publication.manifest ? texts.manifest({ zones, namedConf, claims, isFinal: true }) : null
  const manifest = await file('the manifest', manifestKey(network.name), text)
  const asked = wanted + Number(conf !== null) + Number(publication.liveList !== null)
  const done = zones.size + Number(namedConf !== null) + Number(liveList !== null)
  return { zones, namedConf, liveList, manifest, failures, warnings, etags, asked, done }
}

/** Why zones that are new to the network may not be named, and so not be written (behaviour §7.6). */
async function claimNewZones(
  publication: Publication,
  network: string,
  { texts, endsAt }: PublishLimit,
  put: (key: string, text: string) => Promise<string | null>,
  ports: Pick<Ports, 'bucket' | 'clock'>,
): Promise<Map<string, string>> {
  const zones = newZonesIn(publication)
  // Where named.conf is not written either, they are not named, and need no claim yet.
  if (!publication.manifest) return new Map()
  const announce = (claims: readonly string[]) =>
    put(manifestKey(network), texts.manifest({ zones: new Map(), namedConf: null, claims, isFinal: false }))
  return claimZones({ network, zones, announce, endsAt }, ports)
}

/** The zones that are to be written, and named by this network for the first time. */
function newZonesIn({ zones }: Publication): string[] {
  const isNew = (plan: ZonePlan) => plan.action === 'write' && plan.record.unclaimed === true
  return zones.filter(isNew).map(({ zone }) => zone)
}

async function publishZones(
  { publication, refused }: { readonly publication: Publication; readonly refused: ReadonlyMap<string, string> },
  network: Network,
  put: (key: string, text: string) => Promise<string | null>,
  isOver: () => boolean,
  ports: Pick<Ports, 'progress'>,
) {
  const zones = new Map<string, string>()
  const failures = new Map(refused)
  const plans = publication.zones.flatMap(plan => (plan.action === 'write' ? [plan] : []))
  const free = plans.filter(({ zone }) => !refused.has(zone))
  await inParallel(free, writesAtOnce, isOver, async plan => {
    const failure = await put(zoneKey(network.name, plan.zone), plan.text)
    if (failure === null) zones.set(plan.zone, plan.hash)
    else failures.set(plan.zone, failure)
    ports.progress({ step: 'publishing', done: zones.size + failures.size, total: plans.length })
  })
  for (const plan of plans) {
    if (!zones.has(plan.zone) && !failures.has(plan.zone))
      failures.set(plan.zone, 'time was over before it was written')
  }
  return { zones, failures, wanted: plans.length }
}
