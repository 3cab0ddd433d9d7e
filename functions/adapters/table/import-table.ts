import { keptHours } from '../../core/domain/limits.ts'
import { startRunClock } from '../../core/domain/run-clock.ts'
import { untilWords } from '../../core/domain/time-words.ts'
import type { Roster } from '../../core/history/run.ts'
import type { Additions, Present } from '../../core/legacy/additions.ts'
import type { PresentRun } from '../../core/legacy/runs.ts'
import type { Lease } from '../../cycle/ports/ports.ts'
import { awaitWrites } from './await-writes.ts'
import { guarded } from './guarded.ts'
import { decodeHour, encodeHour, hourRosterOf } from './hour-item.ts'
import { type Given, giveImported } from './imported-orders.ts'
import { hourKey, hourPrefix, rotationPrefix, runKey, runPrefix, timeOf } from './keys.ts'
import { freeSurely, takeLease } from './lease.ts'
import { loadRoster } from './load-runs.ts'
import type { Item, Rows, RowsOf } from './rows.ts'
import { decodeRun, encodeRun, isImported, rosterIdOf } from './run-item.ts'
import { announce, putLive, putRoster, putRotation } from './save.ts'
import { decodeState, type State } from './state-item.ts'

/** What an import may do to the table. */
export interface ImportTable {
  /**
   * Adds to a network what `plan` makes of what is there, under the network's lease. Throws where another run has it,
   * and `LeaseLost` where the time is not enough: what was written stays, and the next import goes on from there.
   */
  add(network: string, plan: (present: Present) => Additions): Promise<Added>
}

/** What was added. */
export interface Added extends Given {
  readonly additions: Additions
}

/** Who has the lease is dead after as long as after a cycle (behaviour §8.1). */
const leaseSeconds = 70
const writesAtOnce = 16
/** Historical averages are kept as long as those of cycles, counted from the import. */
const hourKeptSeconds = 2 * keptHours * 3600

/** The table of an import, over the rows of a store. `clock`: milliseconds; `monotonic`: those of a monotonic clock. */
export function createImportTable(
  rowsOf: RowsOf,
  clock: () => number = Date.now,
  monotonic: () => number = () => performance.now(),
): ImportTable {
  return {
    add: async (network, plan) => {
      const { now, clock: runClock } = startRunClock({ clock, monotonic })
      const rows = rowsOf(network)
      const taken = await takeLease(rows, { network, now, leaseSeconds, force: true, aside: true })
      if (taken.status !== 'begun')
        throw new Error(`another run holds the lease of ${network}${untilWords(taken.until)}: try again afterwards`)
      const { lease, item } = taken
      try {
        const state = decodeState(item)
        const additions = plan(await presentIn(rows, state))
        const given = await write(guarded(rowsOf, lease, runClock), lease, additions, Math.ceil(now / 1000))
        return { additions, ...given }
      } finally {
        await freeSurely(rows, lease)
      }
    },
  }
}

async function presentIn(rows: Rows, state: State): Promise<Present> {
  const [runs, hours, rotations] = await Promise.all([
    rows.list(runPrefix),
    rows.list(hourPrefix),
    rows.list(rotationPrefix),
  ])
  const rosters = await rostersOf(rows, [...runs.map(rosterIdOf), ...hours.map(hourRosterOf)])
  const read = hours.flatMap(item => decodeHour(item, rosters.get(hourRosterOf(item) ?? '')) ?? [])
  const times = rotations.map(item => timeOf(item.sk?.S ?? '')).filter(time => !Number.isNaN(time))
  return {
    runs: runs.flatMap(item => presentRun(item, rosters)),
    hours: new Map(read.map(hour => [hour.time, hour])),
    rotations: times.sort((a, b) => a - b),
    stateRotations: state.rotations ?? [],
    hasLive: state.live !== null,
  }
}

function presentRun(item: Item, rosters: ReadonlyMap<string, Roster>): PresentRun[] {
  const run = decodeRun(item, rosters.get(rosterIdOf(item) ?? ''))
  return run === null ? [] : [{ run, imported: isImported(item) }]
}

async function rostersOf(rows: Rows, ids: readonly (string | null)[]): Promise<Map<string, Roster>> {
  const rosters = new Map<string, Roster>()
  for (const id of new Set(ids)) {
    // The next cycle sets aside what cannot be read.
    const roster = id === null ? null : await loadRoster(rows, id, [])
    if (id !== null && roster !== null) rosters.set(id, roster)
  }
  return rosters
}

/** Rosters come before what names them, STATE after what it is about; samples are many and come last. */
async function write(rows: Rows, lease: Lease, additions: Additions, nowSeconds: number): Promise<Given> {
  const { runs, hours, rotations, keptRotations, live } = additions
  const ttl = nowSeconds + additions.keepSeconds
  const rosters = new Map([...runs, ...hours].map(({ roster }) => [roster.id, roster]))
  for (const roster of rosters.values()) await putRoster(rows, roster)
  const given = await giveImported(rows, additions.orders, additions.available)
  const liveId = live === null ? null : await putLive(rows, live)
  if (liveId !== null || rotations.length > 0) {
    await announce(rows, lease, { liveId, rotations: keptRotations, era: null, corrupt: [] })
  }
  await inTurn(rotations, time => putRotation(rows, { time, in: [], out: [] }, ttl))
  await inTurn(hours, ({ hour, roster }) =>
    rows.put(hourKey(hour.time), encodeHour(hour, roster, nowSeconds + hourKeptSeconds)),
  )
  await inTurn(runs, run => rows.put(runKey(run.time), encodeRun(run, ttl, true)))
  return given
}

async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += writesAtOnce) {
    await awaitWrites(items.slice(at, at + writesAtOnce).map(work))
  }
}
