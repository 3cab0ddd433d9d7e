import { canonicalEdge } from '../../core/config/edge-name.ts'
import type { HourAverages } from '../../core/history/hour.ts'
import type { Roster } from '../../core/history/run.ts'
import { lastCycleOf } from '../../core/inspect/last-cycle.ts'
import type { Change, Rotation } from '../../core/live-set/rotation.ts'
import type { Journal } from '../../cycle/ports/journal.ts'
import { parseJson } from './chunks.ts'
import { readConfigurationLog } from './configurations.ts'
import { decodeHour, hourRosterOf } from './hour-item.ts'
import { hourKey, hourPrefix, rotationPrefix, runKey, sincePrefix, timeOf } from './keys.ts'
import { isHeld } from './lease.ts'
import { loadRoster, loadRuns } from './load-runs.ts'
import { readLog } from './log-items.ts'
import { decodeSince } from './order-items.ts'
import { readAll } from './read.ts'
import type { Item, Rows, RowsOf } from './rows.ts'

/** What the rows of a store tell those who only look. `clock`: milliseconds. */
export function createJournal(rows: RowsOf, clock: () => number = Date.now): Journal {
  return {
    overview: async (network, samples, { zones = true } = {}) => {
      const now = clock()
      const { stored: found, state } = await readAll(rows(network), samples, now, zones)
      const { leaseUntil, lastStart, status } = state
      const { time: lastCycle, warnings } = lastCycleOf(state.lastCycle, found.history.runs, now)
      const stored = { ...found, warnings: [...found.warnings, ...warnings] }
      return { stored, leaseUntil: isHeld(state, now) ? leaseUntil : null, lastStart, lastCycle, lastStatus: status }
    },
    availableSince: network => readAvailableSince(rows(network)),
    rotations: async (network, limit) =>
      (await rows(network).list(rotationPrefix, limit)).flatMap(item => decodeRotation(item) ?? []),
    log: (network, limit, from) => readLog(rows(network), limit, from),
    configurations: (network, limit) => readConfigurationLog(rows(network), limit),
    hours: (network, limit, from) => readHours(rows(network), limit, from, clock()),
    runs: async (network, limit, from, to) => {
      const span = { from: runKey(Math.max(0, from)), ...(to === undefined ? {} : { to: runKey(Math.max(0, to)) }) }
      const { history } = await loadRuns(rows(network), limit, clock(), [], span)
      return history.runs
    },
  }
}

async function readAvailableSince(rows: Rows): Promise<Map<string, number>> {
  const items = await rows.list(sincePrefix)
  return new Map(
    items.flatMap(item => {
      const since = decodeSince(item)
      return since === null ? [] : [[(item.sk?.S ?? '').slice(sincePrefix.length), since] as const]
    }),
  )
}

/** Hours that lie ahead of `now` were told by a clock that was wrong: they are rewritten when they come. */
async function readHours(rows: Rows, limit: number, from: number | undefined, now: number): Promise<HourAverages[]> {
  const span = { from: hourKey(Math.max(0, from ?? 0)), to: hourKey(Math.max(0, now)) }
  const items = (await rows.list(hourPrefix, limit, span)).reverse()
  const rosters = new Map<string, Roster>()
  for (const id of new Set(items.flatMap(item => hourRosterOf(item) ?? []))) {
    const roster = await loadRoster(rows, id, [])
    if (roster !== null) rosters.set(id, roster)
  }
  return items.flatMap(item => decodeHour(item, rosters.get(hourRosterOf(item) ?? '')) ?? [])
}

/** The rotation in an item; null if it cannot be read. */
function decodeRotation(item: Item): Rotation | null {
  const time = timeOf(item.sk?.S ?? '')
  if (Number.isNaN(time)) return null
  return parseJson(item.change?.S, value => {
    const { in: coming, out: going } = (value ?? {}) as { in?: unknown; out?: unknown }
    return areChanges(coming) && areChanges(going) ? { time, in: coming.map(named), out: going.map(named) } : null
  })
}

/** The change with its edge in canonical form: older versions took the spelling of the list. */
function named({ edge, reason }: Change): Change {
  return { edge: canonicalEdge(edge), reason }
}

function areChanges(value: unknown): value is Change[] {
  const isText = (one: unknown) => typeof one === 'string'
  return Array.isArray(value) && value.every(one => isText(one?.edge) && isText(one?.reason))
}
