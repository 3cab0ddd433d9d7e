import type { Roster } from '../../core/history/run.ts'
import type { Rotation } from '../../core/live-set/rotation.ts'
import { boundedChanges } from '../../core/report/bounded-report.ts'
import type { KnownAddress, Pushed, ZoneRecord } from '../../core/state/network-state.ts'
import { LeaseLost } from '../../cycle/ports/errors.ts'
import type { Lease } from '../../cycle/ports/ports.ts'
import { awaitWrites } from './await-writes.ts'
import { contentId, putText } from './chunks.ts'
import { addressPrefix, livePrefix, rosterPrefix, rotationKey, stateKey } from './keys.ts'
import { isHeldBy } from './lease.ts'
import { encodePushed, pushedKeyOf } from './pushed-items.ts'
import type { Item, Rows } from './rows.ts'
import { decodeState, packTimes } from './state-item.ts'
import { encodeZones, groupKeyOf } from './zone-items.ts'

/** A live set that another has replaced is kept for another day, for anyone who still reads the old state. */
const staleLiveSeconds = 86_400

export async function putRoster(rows: Rows, roster: Roster): Promise<void> {
  await putText(rows, rosterPrefix + roster.id, JSON.stringify([roster.edges, roster.canaries]))
}

export async function putAddresses(rows: Rows, addresses: ReadonlyMap<string, KnownAddress>): Promise<void> {
  const text = JSON.stringify([...addresses].map(([edge, { known, published }]) => [edge, known, published]))
  await putText(rows, addressPrefix.slice(0, -1), text)
}

/** Writes the names of a live set under their own content; answers the id by which STATE refers to them. */
export async function putLive(rows: Rows, live: readonly string[]): Promise<string> {
  const text = JSON.stringify(live)
  const id = contentId(text)
  await putText(rows, livePrefix + id, text)
  return id
}

/** Lets a live set that STATE refers to no more expire. */
export async function expireLive(rows: Rows, live: readonly string[], now: number): Promise<void> {
  const text = JSON.stringify(live)
  const ttl = { ttl: { N: String(Math.floor(now / 1000) + staleLiveSeconds) } }
  await putText(rows, livePrefix + contentId(text), text, ttl)
}

export async function putRotation(rows: Rows, rotation: Rotation, ttl: number): Promise<void> {
  const change = boundedChanges(rotation)
  await rows.put(rotationKey(rotation.time), { change: { S: JSON.stringify(change) }, ttl: { N: String(ttl) } })
}

/** Writes the groups of the zones that changed, whole; `zones` are all records as they are to be. */
export async function putZones(
  rows: Rows,
  zones: ReadonlyMap<string, ZoneRecord>,
  changed: Iterable<string>,
): Promise<void> {
  await putGroups(rows, zones, changed, { keyOf: groupKeyOf, encode: encodeZones })
}

/** The same for what is known of the zones' records in Route 53. */
export async function putPushed(
  rows: Rows,
  pushed: ReadonlyMap<string, Pushed>,
  changed: Iterable<string>,
): Promise<void> {
  await putGroups(rows, pushed, changed, { keyOf: pushedKeyOf, encode: encodePushed })
}

interface Grouping<T> {
  readonly keyOf: (zone: string) => string
  readonly encode: (records: Iterable<readonly [string, T]>) => Item
}

async function putGroups<T>(
  rows: Rows,
  all: ReadonlyMap<string, T>,
  changed: Iterable<string>,
  { keyOf, encode }: Grouping<T>,
): Promise<void> {
  const groups = new Map<string, [string, T][]>([...changed].map(zone => [keyOf(zone), []]))
  if (groups.size === 0) return
  for (const [zone, record] of all) groups.get(keyOf(zone))?.push([zone, record])
  await awaitWrites([...groups].map(([key, records]) => rows.put(key, encode(records))))
}

/** What of STATE a run sets, and which attributes nobody can read. */
export interface StateChange {
  readonly liveId: string | null
  readonly rotations: readonly number[] | null
  /** How often the clock has gone back; null where that is known already. */
  readonly era: number | null
  readonly corrupt: readonly string[]
}

/** How a cycle ended: when it began (milliseconds), with which status, and how many have ended with it. */
export interface CycleEnd {
  readonly now: number
  readonly status: string
  readonly cycles: number
}

/** Sets live set and rotations while the lease is this run's; throws `LeaseLost` if it is not. */
export async function announce(rows: Rows, lease: Lease, change: StateChange): Promise<void> {
  const done = await rows.update(stateKey, { when: isHeldBy(lease), set: assignments(change) })
  if (done === null) throw new LeaseLost('another run has taken the lease')
}

/** The same, freeing the lease: the end of a run in one conditional write; `end` is null where it was no cycle. */
export async function release(rows: Rows, lease: Lease, change: StateChange, end: CycleEnd | null) {
  const set = { ...(end === null ? {} : endValues(end)), ...assignments(change) }
  // What is set is whole again; to remove it in the same breath is refused.
  const strangers = change.corrupt.filter(name => !(name in set) && name !== 'owner' && name !== 'leaseUntil')
  const remove = ['owner', 'leaseUntil', ...strangers]
  const done = await rows.update(stateKey, { when: isHeldBy(lease), set, remove })
  if (done === null && !(await wasReleased(rows, lease, end))) throw new LeaseLost('another run has taken the lease')
}

/** Whether an earlier attempt of this very write was carried out though its answer was lost. */
async function wasReleased(rows: Rows, lease: Lease, end: CycleEnd | null): Promise<boolean> {
  const { owner, version, lastCycle } = decodeState((await rows.get(stateKey)) ?? {})
  return owner === null && version === lease.run && (end === null || lastCycle === end.now)
}

function endValues({ now, status, cycles }: CycleEnd): Item {
  return { lastCycle: { N: String(now) }, status: { S: status }, cycles: { N: String(cycles) } }
}

function assignments({ liveId, rotations, era }: StateChange): Item {
  return {
    ...(liveId === null ? {} : { live: { S: liveId } }),
    ...(rotations === null || rotations.length === 0 ? {} : { rotations: { B: packTimes(rotations) } }),
    ...(era === null ? {} : { era: { N: String(era) } }),
  }
}
