import type { Rotation } from '../live-set/rotation.ts'
import type { Publication } from '../publication/publication.ts'
import type { ZonePlan } from '../publication/zone-plan.ts'
import { recordIntents } from '../route53/record-outcome.ts'
import type { Before, Published, Pushed, Seen, ZoneRecord } from '../state/network-state.ts'
import { hashText } from '../zone/hash.ts'
import type { Decision } from './decision.ts'

/** What a run is about to do, recorded before its first publication (behaviour §7.4). */
export interface Intents {
  readonly live: readonly string[]
  /** All rotation times to keep, this one's included. */
  readonly rotations: readonly number[]
  readonly rotation: Rotation | null
  /** Only the records that change. */
  readonly zones: ReadonlyMap<string, ZoneRecord>
  /** Null where unchanged. */
  readonly namedConf: Published | null
  readonly liveList: Published | null
  /** Null where unchanged; left out: the same. */
  readonly manifest?: Published | null
  /** Only the zones whose records are about to be pushed; left out: none. */
  readonly pushed?: ReadonlyMap<string, Pushed>
}

/** What was published and confirmed: the hash of each zone's content, and of the two files; null: not written. */
export interface Confirmed {
  /** What is known of the zones' records afterwards, as far as that changed; left out: nothing did. */
  readonly pushed?: ReadonlyMap<string, Pushed>
  readonly zones: ReadonlyMap<string, string>
  readonly namedConf: string | null
  readonly liveList: string | null
  /** Left out: not written. */
  readonly manifest?: string | null
}

/** The records of everything that is known about a network's objects, as far as a cycle changes them. */
export interface Records {
  /** Null deletes a record. */
  readonly zones: ReadonlyMap<string, ZoneRecord | null>
  readonly namedConf: Published | null
  readonly liveList: Published | null
  /** Left out: unchanged. */
  readonly manifest?: Published | null
  readonly pushed?: ReadonlyMap<string, Pushed>
  /** All that is to be remembered; left out: what it was. */
  readonly seen?: Seen
}

/** Nothing that is recorded changes. */
export const unchanged: Records = { zones: new Map(), namedConf: null, liveList: null }

/** What to record before publishing; null where nothing will be written and the live set stays. */
export function intentsOf(decision: Decision, before: Before): Intents | null {
  if (decision.status !== 'ok') return null
  const { publication, liveSet, rotation, rotations } = decision
  const zones = new Map<string, ZoneRecord>(publication.leaving)
  for (const plan of publication.zones) if (plan.action === 'write') zones.set(plan.zone, plan.record)
  const namedConf = publication.namedConf ? { hash: before.namedConf.hash, due: true } : null
  const liveList = publication.liveList === null ? null : { hash: before.liveList.hash, due: true }
  const manifest = publication.manifest ? { hash: before.manifest?.hash ?? null, due: true } : null
  const pushed = recordIntents(publication.records, before.pushed)
  const files = { namedConf, liveList, manifest }
  const isQuiet =
    zones.size + pushed.size === 0 && rotation === null && Object.values(files).every(file => file === null)
  return isQuiet ? null : { live: liveSet.live, rotations, rotation, zones, ...files, pushed }
}

/** What to record at the end: confirmed writes are due no more, zones that went or came back are marked so. */
export function recordsAfter(publication: Publication, confirmed: Confirmed): Records {
  const zones = new Map<string, ZoneRecord | null>([...publication.orphans, ...publication.leaving])
  for (const plan of publication.zones) {
    const hash = confirmed.zones.get(plan.zone)
    if (plan.action === 'write') {
      if (hash !== undefined) zones.set(plan.zone, writtenRecord(plan, hash, publication.manifest))
    } else if (plan.record?.orphaned === true || (plan.record !== null && publication.noted.has(plan.zone))) {
      zones.set(plan.zone, { ...plan.record, orphaned: false })
    }
  }
  const file = (hash: string | null) => (hash === null ? null : { hash, due: false })
  const files = { namedConf: file(confirmed.namedConf), liveList: file(confirmed.liveList) }
  const records = { zones, ...files, manifest: file(confirmed.manifest ?? null) }
  return confirmed.pushed === undefined ? records : { ...records, pushed: confirmed.pushed }
}

/** A zone that was written and confirmed. `isClaimed`: before that it was claimed, so that only this network may name it. */
export function writtenRecord(
  { record, text }: ZonePlan & { action: 'write' },
  hash: string,
  isClaimed = true,
): ZoneRecord {
  const { unclaimed, ...rest } = record
  const claim = unclaimed === undefined || isClaimed ? {} : { unclaimed }
  return { ...rest, ...claim, hash, due: false, file: { serial: record.serial, sha256: hashText(text) } }
}
