import type { Intents } from '../../core/decision/settle.ts'
import { keptHours } from '../../core/domain/limits.ts'
import { messageOf } from '../../core/domain/message.ts'
import { appendRun } from '../../core/history/history.ts'
import type { Pushed } from '../../core/state/network-state.ts'
import { PartlyRecorded } from '../../cycle/ports/errors.ts'
import type { Lease, Recording, Settled } from '../../cycle/ports/ports.ts'
import { awaitWrites } from './await-writes.ts'
import { encodeHour } from './hour-item.ts'
import { filesKey, hourKey, runKey } from './keys.ts'
import { putTurn } from './log-items.ts'
import type { Memory } from './memory.ts'
import type { Rows } from './rows.ts'
import { encodeRun } from './run-item.ts'
import {
  announce,
  expireLive,
  putAddresses,
  putLive,
  putPushed,
  putRoster,
  putRotation,
  putZones,
  release,
} from './save.ts'
import { putSeen } from './seen-item.ts'
import type { State } from './state-item.ts'
import { encodeFiles, filesAfter } from './zone-items.ts'

/** Historical averages are kept for `keptHours` (behaviour §2.3), twice over for anyone who reads late. */
const hourKeptSeconds = 2 * keptHours * 3600

/** Nothing is pushed to Route 53. */
const none: ReadonlyMap<string, Pushed> = new Map()

/** A run under way: what it found, and what it has written so far. */
export interface Work {
  readonly run: string
  readonly memory: Memory
  readonly samples: number
  readonly state: State
  /** The time of this run: it ends with its lease, whatever becomes of the wall clock. */
  readonly clock: () => number
}

/** Saves what a run decided: its cycle, then what it is about to publish. What is known of the network afterwards. */
export async function record(rows: Rows, lease: Lease, recording: Recording, work: Work): Promise<Memory> {
  const { run, hour, addresses, intents } = recording
  let { memory } = work
  const ttl = Math.ceil(recording.keepUntil / 1000)
  if (run !== null) {
    if (!memory.rosters.has(run.roster.id)) await putRoster(rows, run.roster)
    if (hour !== null) {
      await rows.put(hourKey(hour.time), encodeHour(hour, run.roster, Math.ceil(hour.time / 1000) + hourKeptSeconds))
    }
    await rows.put(runKey(run.time), encodeRun(run, ttl, false, memory.era))
    // After the cycle, which tells that they changed: of a run that is killed in between, the next one tells it again.
    if (addresses !== null) await putAddresses(rows, changed(memory.addresses, addresses))
    memory = {
      ...memory,
      history: appendRun(memory.history, run, work.samples),
      reach: work.samples,
      staleAt: Math.min(memory.staleAt, ttl * 1000),
      rosters: new Set([...memory.rosters, run.roster.id]),
      addresses: addresses === null ? memory.addresses : changed(memory.addresses, addresses),
    }
  }
  return intents === null ? memory : recordIntents(rows, lease, intents, memory, ttl)
}

/** Saves what is about to be published: first the live set and its rotation (behaviour §8.4), then all that follows. */
async function recordIntents(rows: Rows, lease: Lease, intents: Intents, memory: Memory, ttl: number): Promise<Memory> {
  const liveId = await putLive(rows, intents.live)
  await announce(rows, lease, { liveId, rotations: intents.rotations, era: null, corrupt: [] })
  const zones = changed(memory.zones, intents.zones)
  const pushed = changed(memory.pushed, intents.pushed ?? none)
  const files = filesAfter(memory, intents)
  await awaitWrites([
    putZones(rows, zones, intents.zones.keys()),
    putPushed(rows, pushed, (intents.pushed ?? none).keys()),
    files === null ? undefined : rows.put(filesKey, encodeFiles(files)),
    intents.rotation === null ? undefined : putRotation(rows, intents.rotation, ttl),
    memory.live !== null && liveId !== memory.liveId ? expireLive(rows, memory.live, lease.until) : undefined,
  ]).catch(error => {
    throw new PartlyRecorded(messageOf(error), { cause: error })
  })
  return { ...memory, liveId, live: intents.live, rotations: intents.rotations, zones, pushed, ...files }
}

/** Saves what came of a run, and frees its lease. What is known of the network afterwards. */
export async function finish(rows: Rows, lease: Lease, settled: Settled, { memory, state }: Work): Promise<Memory> {
  const { records } = settled
  const zones = changed(memory.zones, records.zones)
  const pushed = changed(memory.pushed, records.pushed ?? none)
  const files = filesAfter(memory, records)
  const isSame = settled.live === null || (memory.live !== null && String(settled.live) === String(memory.live))
  const livePut = isSame || settled.live === null ? null : putLive(rows, settled.live)
  await awaitWrites([
    livePut,
    putZones(rows, zones, records.zones.keys()),
    putPushed(rows, pushed, (records.pushed ?? none).keys()),
    files === null ? undefined : rows.put(filesKey, encodeFiles(files)),
    records.seen === undefined ? undefined : putSeen(rows, records.seen),
  ])
  const liveId = livePut === null ? memory.liveId : await livePut
  // A run that failed does not know how much of what it announced was stored: it leaves the rotations alone.
  const { rotations } = settled
  const era = memory.era === state.era ? null : memory.era
  const change = { liveId: liveId === state.live ? null : liveId, rotations, era, corrupt: state.corrupt }
  await putTurn(rows, lease, settled, state.status)
  const { now, status } = settled
  await release(rows, lease, change, status === null ? null : { now, status, cycles: state.cycles + 1 })
  return {
    ...memory,
    zones,
    pushed,
    ...files,
    seen: records.seen ?? memory.seen,
    liveId,
    live: settled.live ?? memory.live,
    rotations: rotations ?? memory.rotations,
  }
}

/** The same map where nothing changes, so that what was worked out from it still holds; null deletes. */
function changed<V>(old: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V | null>): ReadonlyMap<string, V> {
  if (changes.size === 0) return old
  const result = new Map(old)
  for (const [key, value] of changes) {
    if (value === null) result.delete(key)
    else result.set(key, value)
  }
  return result
}
