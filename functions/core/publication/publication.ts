import type { Network } from '../config/network.ts'
import { isPassing } from '../domain/model.ts'
import type { Participants } from '../judgement/participants.ts'
import { planRecords, type RecordPlan } from '../route53/record-plan.ts'
import { type Before, neverPublished, type RenderedMemo, type ZoneRecord } from '../state/network-state.ts'
import type { Templates } from '../zone/render.ts'
import type { LiveEdge } from './canary.ts'
import { type Drift, noDrift } from './drift.ts'
import { type Foreign, handoverWarning, leavingZones } from './handover.ts'
import { areFilesKnown, recordedManifest } from './manifest-text.ts'
import { newOrphans, orphanWarning } from './orphans.ts'
import { expectedNamedConf } from './published-zones.ts'
import { contentsHash, contentsKey, plansWhereKnown } from './rendered-memo.ts'
import type { ReadBack } from './zone-basis.ts'
import { type PlanContext, planZone, whyWriteContent, whyWriteFile, type ZonePlan, zoneAddresses } from './zone-plan.ts'

export interface PublicationContext {
  readonly network: Network
  readonly participants: Participants
  readonly before: Before
  readonly readBack: ReadonlyMap<string, ReadBack>
  readonly templates: Templates
  /** Milliseconds. */
  readonly now: number
  readonly forceUpdate: boolean
  /** The canary killer fired: no canary is used (behaviour §1.10). */
  readonly killed: boolean
  /** Nobody was judged: canaries count as they stood, to tell what waits (behaviour §1.11). */
  readonly blind: boolean
  /** What of the bucket is not as it was confirmed (behaviour §7.8); left out: nothing is known of. */
  readonly drift?: Drift
  /** By zone that is new to the network: what other networks say of it (behaviour §7.6); left out: nothing. */
  readonly foreign?: ReadonlyMap<string, Foreign>
  /** The hash of the bundle in force; left out: it is not known. */
  readonly configuration?: string | null
}

/** Everything that is to be written into the bucket, and what is known about the rest. */
export interface Publication {
  /** By zone name. */
  readonly zones: readonly ZonePlan[]
  /** Zones newly gone from the configuration, with the record that says so: a serial once given out is not forgotten. */
  readonly orphans: ReadonlyMap<string, ZoneRecord>
  /** Zones that are handed over to another network, with the records that say so (behaviour §7.6). */
  readonly leaving: ReadonlyMap<string, ZoneRecord>
  /** Zones that wait for another network, and of which a later serial than the recorded one was found. */
  readonly noted: ReadonlySet<string>
  /** Whether the manifest will be written (behaviour §7.9). */
  readonly manifest: boolean
  /** False: not all that was published is known, so that neither named.conf nor the manifest may be written. */
  readonly isComplete: boolean
  /** The live list's text if it is to be written, else null. */
  readonly liveList: string | null
  /** Whether named.conf will be written if all zones are. */
  readonly namedConf: boolean
  /** By zone name; empty where Route 53 is not enabled. */
  readonly records: readonly RecordPlan[]
  readonly warnings: readonly string[]
  /** What the next cycle need not make again. */
  readonly rendered: RenderedMemo
}

/** What to publish for this live set; null if no address of it is known (behaviour §4.5, §7). */
export function publicationOf(live: readonly string[], context: PublicationContext): Publication | null {
  const plan = planContextOf(live, context)
  if (plan.live.length === 0) return null
  const { network, before, now, forceUpdate, drift = noDrift } = context
  const memo = before.seen?.rendered
  const key = contentsKey(context.configuration, plan)
  const known = plansWhereKnown(key, memo, plan)
  const zones = known ?? network.zones.map(source => planZone(source, plan))
  const orphans = newOrphans(network, before)
  const liveList = liveListOf(live)
  const leaving = leavingZones(network, before)
  const writes = zonesToWrite(zones)
  const expected = expectedNamedConf(context, writes)
  const isComplete = isKnown(zones, before)
  const namedConf =
    isComplete && whyWriteContent(before.namedConf, expected.hash, forceUpdate, drift.namedConf) !== null
  const hasNews = writes.length > 0 || leaving.size > 0 || namedConf
  return {
    zones,
    orphans,
    leaving,
    noted: notedZones(zones, before),
    manifest: isComplete && areFilesKnown(before.zones) && (hasNews || whyManifest(context) !== null),
    isComplete,
    liveList: whyWriteFile(before.liveList, liveList, forceUpdate, drift.liveList) === null ? null : liveList,
    records: planRecords({
      network,
      ...{ pushed: before.pushed, cycle: before.cycle, now, forceUpdate },
      addresses: zone => zoneAddresses(zone, plan),
    }),
    namedConf,
    rendered:
      known !== null && memo?.zones ? { zones: memo.zones, namedConf: expected } : renderedAfter(key, zones, expected),
    warnings: [
      ...zones.flatMap(zone => zone.warnings),
      ...[...orphans].map(orphanWarning),
      ...[...leaving.keys()].map(zone => handoverWarning(zone, String(network.owners.get(zone)))),
    ],
  }
}

function renderedAfter(
  key: string | null,
  zones: readonly ZonePlan[],
  namedConf: NonNullable<RenderedMemo['namedConf']>,
) {
  const hash = key === null ? null : contentsHash(zones)
  return key === null || hash === null ? { namedConf } : { zones: { key, hash }, namedConf }
}

function notedZones(zones: readonly ZonePlan[], { zones: records }: Before): Set<string> {
  const isNoted = ({ zone, action, record }: ZonePlan) =>
    action === 'wait' && (record?.serial ?? 0) !== (records.get(zone)?.serial ?? 0)
  return new Set(zones.filter(isNoted).map(({ zone }) => zone))
}

/** Why the manifest is to be written although nothing that it tells of is. */
function whyManifest({ network, before, forceUpdate, drift = noDrift }: PublicationContext): string | null {
  const { manifest = neverPublished } = before
  return whyWriteFile(
    manifest,
    recordedManifest(network.name, before, network.settings.dns.zone_options),
    forceUpdate,
    drift.manifest ?? null,
  )
}

/** All that a zone's plan depends on, for this live set. */
export function planContextOf(live: readonly string[], context: PublicationContext): PlanContext {
  const { network, before, templates, readBack, now, forceUpdate, drift = noDrift } = context
  const known = { network, template: templates.zone, now, records: before.zones, readBack }
  const { zones } = drift
  const news = { clauses: before.clauses, foreign: context.foreign }
  return {
    ...known,
    ...news,
    live: liveEdges(live, context),
    canaries: usedCanaries(context),
    forceUpdate,
    drift: zones,
  }
}

/** The zones that are to be written. */
export function zonesToWrite(zones: readonly ZonePlan[]): string[] {
  return zones.filter(zone => zone.action === 'write').map(zone => zone.zone)
}

/** The zones whose records are to be pushed. */
export function zonesToPush(records: readonly RecordPlan[]): string[] {
  return records.filter(record => record.action === 'push').map(record => record.zone)
}

/** The text of the live list: one edge per line. */
export function liveListOf(live: readonly string[]): string {
  return live.map(edge => `${edge}\n`).join('')
}

/** The address of each zone's canary, where the canary passes and was probed to the end in this cycle (behaviour §6). */
export function usedCanaries(context: PublicationContext): Map<string, string> {
  const { blind, killed, network, participants } = context
  const passing = new Set(
    participants.canaries
      .filter(canary => isPassing(canary.judgement) && (blind || canary.probe.outcome !== 'skipped'))
      .map(canary => canary.name),
  )
  const used = killed && !blind ? [] : network.canaries.filter(canary => passing.has(canary.address))
  return new Map(used.map(canary => [canary.zone, canary.address]))
}

function liveEdges(live: readonly string[], context: PublicationContext): LiveEdge[] {
  const { named } = context.participants
  return live.flatMap(name => {
    const edge = named.get(name)
    if (edge === undefined || edge.address === null) return []
    const isOrdered = edge.order.mode === 'force' || edge.order.mode === 'blindforce'
    return [{ name, address: edge.address, isFailing: !isPassing(edge.assessed.judgement), isOrdered }]
  })
}

/** Whether it is known of every zone if it is published: else named.conf could lose the clause of one that is. */
function isKnown(zones: readonly ZonePlan[], { clauses }: Before): boolean {
  return clauses !== 'unread' && zones.every(zone => zone.record !== null)
}
