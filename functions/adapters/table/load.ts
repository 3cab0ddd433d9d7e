import { canonicalEdge } from '../../core/config/edge-name.ts'
import { aheadMs } from '../../core/domain/limits.ts'
import { byName } from '../../core/domain/model.ts'
import { historyOf } from '../../core/history/history.ts'
import { type Roster, type Run, rosterOf } from '../../core/history/run.ts'
import type { KnownAddress, Pushed, Seen, ZoneRecord } from '../../core/state/network-state.ts'
import { nothingSeen } from '../../core/state/seen.ts'
import { asNames, contentId, getText, joined, parseJson } from './chunks.ts'
import {
  addressPrefix,
  filesKey,
  livePrefix,
  pushedPrefix,
  rosterPrefix,
  rotationPrefix,
  runKey,
  runPrefix,
  seenKey,
  timeOf,
  zonesPrefix,
} from './keys.ts'
import type { Memory } from './memory.ts'
import { decodePushed } from './pushed-items.ts'
import type { Item, Rows } from './rows.ts'
import { decodeRun, eraOf, eras, rosterIdOf } from './run-item.ts'
import { decodeSeen } from './seen-item.ts'
import type { State } from './state-item.ts'
import { decodeFiles, decodeZones, noFiles } from './zone-items.ts'

/** Items that cannot be read, for the run that has the lease to set aside. */
export interface Corrupt {
  readonly item: Item
  /** Copied, but left where it is: an order still counts while it is unreadable (behaviour §8.5). */
  readonly stays: boolean
  readonly warning: string
}

export interface Loaded {
  readonly memory: Omit<Memory, 'version'>
  readonly corrupt: readonly Corrupt[]
}

const keptRotations = 100

/**
 * Everything about a network that outlives a cycle, read from the table. `now` in milliseconds. Without `zones`, none are
 * read: they are many, and who only looks at edges needs none.
 */
export async function load(rows: Rows, state: State, samples: number, now: number, zones = true): Promise<Loaded> {
  const corrupt: Corrupt[] = []
  const [runs, live, rotations, published, addresses] = await Promise.all([
    loadRuns(rows, samples, now, corrupt, { era: state.era }),
    loadLive(rows, state, corrupt),
    state.rotations ?? loadRotations(rows),
    zones
      ? loadZones(rows, corrupt)
      : { zones: new Map<string, ZoneRecord>(), pushed: new Map<string, Pushed>(), ...noFiles, seen: nothingSeen },
    loadAddresses(rows, corrupt),
  ])
  const memory = { ...runs, liveId: state.live, live, rotations, ...published, addresses }
  return { memory, corrupt }
}

/** Reports an item that cannot be read, and remembers to set it aside. */
export function reportCorrupt(corrupt: Corrupt[], item: Item, consequence: string, stays = false): void {
  const warning = `stored item ${item.sk?.S} cannot be read: ${consequence}`
  corrupt.push({ item, stays, warning })
}

/** Which runs to load, and how often the clock had gone back when STATE was written last. */
export interface RunsWanted {
  /** A key: none before it. */
  readonly from?: string
  /** A key: none after it. */
  readonly to?: string
  /** Left out: the order of their times is wanted, whenever they were recorded. */
  readonly era?: number
}

/** The newest `samples` recorded cycles. `now` in milliseconds. */
export async function loadRuns(
  rows: Rows,
  samples: number,
  now: number,
  corrupt: Corrupt[],
  { from, to: until, era: known }: RunsWanted,
): Promise<Pick<Memory, 'history' | 'reach' | 'rosters' | 'staleAt' | 'era'>> {
  const newest = await rows.list(runPrefix, samples, { from, to: until })
  const tooNew = await tooNewIn(rows, newest, samples, now)
  const ahead = tooNew.map(timeOfRun)
  // What this era recorded lies ahead: the clock has gone back since, and a new one begins.
  const era = ((known ?? 0) + Number(tooNew.some(item => eraOf(item) === known))) % eras
  const to = runKey(now + aheadMs)
  const found =
    ahead.length === 0
      ? newest
      : await rows.list(runPrefix, samples, { from, to: until !== undefined && until < to ? until : to })
  const items = found.filter(item => endOf(item) > now)
  const rosters = new Map<string, Roster>()
  for (const id of new Set(items.flatMap(item => rosterIdOf(item) ?? []))) {
    const roster = await loadRoster(rows, id, corrupt)
    if (roster !== null) rosters.set(id, roster)
  }
  const runs: Run[] = []
  for (const item of items) {
    const run = decodeRun(item, rosters.get(rosterIdOf(item) ?? ''))
    const age = known === undefined || run === null ? 0 : (era - eraOf(item) + eras) % eras
    if (run === null) reportCorrupt(corrupt, item, 'the samples of that cycle are lost')
    else runs.push(age === 0 ? run : { ...run, age })
  }
  const staleAt = Math.min(...items.map(endOf), ...ahead.map(time => time - aheadMs))
  return { history: historyOf(runs, samples), reach: samples, rosters: new Set(rosters.keys()), staleAt, era }
}

/** The recorded cycles that lie ahead, of which the newest `samples` are known: those behind them, too, for who has to know. */
async function tooNewIn(rows: Rows, newest: readonly Item[], samples: number, now: number): Promise<readonly Item[]> {
  const ahead = newest.filter(item => isAhead(timeOfRun(item), now))
  const isAll = samples === 1 || ahead.length < samples
  return isAll ? ahead : rows.list(runPrefix, undefined, { from: runKey(now + aheadMs + 1) })
}

/**
 * Whether a recorded cycle lies so far ahead that it does not count yet: it would be the newest until the clock comes
 * there, and no streak could grow meanwhile (behaviour §3). Milliseconds.
 */
export function isAhead(time: number, now: number): boolean {
  return time > now + aheadMs
}

function timeOfRun(item: Item): number {
  return timeOf(item.sk?.S ?? '')
}

/** The milliseconds from which on an item is as if deleted: the database takes its time with that. */
function endOf(item: Item): number {
  return Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000
}

/** The roster with this id; null, with its items in `corrupt`, where it is missing or cannot be read. */
export async function loadRoster(rows: Rows, id: string, corrupt: Corrupt[]): Promise<Roster | null> {
  const spread = await getText(rows, rosterPrefix + id)
  const roster = parseJson(spread.text, value => {
    const [edges, canaries] = Array.isArray(value) ? value.map(asNames) : []
    return edges && canaries ? rosterOf(edges, canaries) : null
  })
  if (roster?.id === id) return canonicalRoster(roster)
  for (const item of spread.items) reportCorrupt(corrupt, item, 'the samples of the cycles with that roster are lost')
  return null
}

/** The roster as this version names its edges: older ones kept them as they were spelled in the list (behaviour §2.4). */
function canonicalRoster({ edges, canaries, id }: Roster): Roster {
  const names = edges.map(canonicalEdge)
  return names.every((name, at) => name === edges[at]) ? { id, edges, canaries } : rosterOf(names, canaries)
}

async function loadLive(rows: Rows, state: State, corrupt: Corrupt[]): Promise<string[] | null> {
  if (state.live === null) return null
  const spread = await getText(rows, livePrefix + state.live)
  const names = parseJson(spread.text, asNames)
  if (names !== null && contentId(spread.text ?? '') === state.live) return names.map(canonicalEdge).sort(byName)
  for (const item of spread.items) reportCorrupt(corrupt, item, 'the recorded live set is read back from the live list')
  return null
}

async function loadRotations(rows: Rows): Promise<number[]> {
  const items = await rows.list(rotationPrefix, keptRotations)
  return items
    .map(item => timeOf(item.sk?.S ?? ''))
    .filter(time => !Number.isNaN(time))
    .sort((a, b) => a - b)
}

async function loadZones(rows: Rows, corrupt: Corrupt[]) {
  const zones = new Map<string, ZoneRecord>()
  const pushed = new Map<string, Pushed>()
  const seenItems: Item[] = []
  let files = noFiles
  for (const item of await rows.list(zonesPrefix)) {
    if (item.sk?.S?.startsWith(`${seenKey}#`)) {
      seenItems.push(item)
      continue
    }
    if (item.sk?.S === filesKey) {
      const decoded = decodeFiles(item)
      if (decoded === null) reportCorrupt(corrupt, item, 'named.conf and the live list are written anew')
      files = decoded ?? noFiles
      continue
    }
    if (item.sk?.S?.startsWith(pushedPrefix)) {
      const known = decodePushed(item)
      if (known === null) reportCorrupt(corrupt, item, 'the records of its zones are read in Route 53')
      for (const [zone, record] of known ?? []) pushed.set(zone, record)
      continue
    }
    const group = decodeZones(item)
    if (group === null) reportCorrupt(corrupt, item, 'the serials of its zones are read back from the published zones')
    for (const [zone, record] of group ?? []) zones.set(zone, record)
  }
  return { zones, pushed, ...files, seen: seenIn(seenItems, corrupt) }
}

function seenIn(items: readonly Item[], corrupt: Corrupt[]): Seen {
  const { text } = joined(items, seenKey)
  const seen = items.length > 0 && text === null ? null : decodeSeen(text)
  if (seen !== null) return seen
  for (const item of items) reportCorrupt(corrupt, item, 'what earlier cycles remembered of the bucket is learned anew')
  return nothingSeen
}

async function loadAddresses(rows: Rows, corrupt: Corrupt[]): Promise<Map<string, KnownAddress>> {
  const spread = await getText(rows, addressPrefix.slice(0, -1))
  const addresses = parseJson(spread.text, asAddresses)
  if (addresses !== null) return addresses
  for (const item of spread.items) reportCorrupt(corrupt, item, 'addresses of host names are learned anew')
  return new Map()
}

function asAddresses(value: unknown): Map<string, KnownAddress> | null {
  if (!Array.isArray(value)) return null
  const isAddress = (one: unknown) => one === null || typeof one === 'string'
  const rows = value.filter(
    row => Array.isArray(row) && typeof row[0] === 'string' && isAddress(row[1]) && isAddress(row[2]),
  )
  return rows.length === value.length
    ? new Map(rows.map(([edge, known, published]) => [canonicalEdge(edge), { known, published }]))
    : null
}
