import { isMap } from '../config/effective.ts'
import { microsOf } from '../micros.ts'
import { type Judgement, judgements, type Mode, modes } from '../model.ts'
import { countFault, jsonMap, pastTime } from './json-map.ts'

/** The original writes exactly so many seconds for a fetch that failed. */
const failedSeconds = 10
const hourMs = 3_600_000

/** A number of the original with its date, in milliseconds; microseconds. */
export interface DatedMicros {
  readonly time: number
  readonly micros: number
}

export interface OriginalSample extends DatedMicros {
  readonly failed: boolean
}

/** What the original's `<edge>.edgestore` says; keys that are missing say nothing. */
export interface EdgeStore {
  /** By time. */
  readonly samples: readonly OriginalSample[]
  /** Hourly averages, dated with their whole hour, the first of each hour; by time. */
  readonly hours: readonly DatedMicros[]
  readonly health: Judgement | null
  readonly isIn: boolean
  readonly mode: Mode
  /** Milliseconds since which the mode holds; null if it was never set. */
  readonly since: number | null
  readonly comment: string
  /** What in it could not be read, in words. */
  readonly faults: readonly string[]
}

/** Reads an `.edgestore` (JSON); null where nothing of it can be read. `now` in milliseconds. Never throws. */
export function readEdgeStore(text: string, now: number): EdgeStore | null {
  const store = jsonMap(text)
  if (store === null) return null
  const faults: string[] = []
  const samples = datedIn(store, 'fetch_times', now, faults)
  const hours = datedIn(store, 'historical_average', now, faults)
  return {
    samples: samples.map(sample => ({ ...sample, failed: sample.micros === microsOf(failedSeconds) })),
    hours: firstOfEachHour(hours),
    health: oneOf(judgements, store, 'health', faults),
    isIn: store.state === 'in',
    mode: oneOf(modes, store, 'mode', faults) ?? 'available',
    since: pastTime(store.state_entry_time, now),
    comment: typeof store.comment === 'string' ? store.comment.trim() : '',
    faults,
  }
}

/** A map from unix time to seconds, as whole microseconds by time. */
function datedIn(store: Record<string, unknown>, key: string, now: number, faults: string[]): DatedMicros[] {
  const map = store[key] ?? {}
  if (!isMap(map)) {
    faults.push(`${key} is no map: left out`)
    return []
  }
  const rows = Object.entries(map)
  const dated = rows.flatMap(([date, seconds]) => {
    const time = pastTime(date, now)
    const isSound = time !== null && typeof seconds === 'number' && seconds >= 0
    return isSound ? [{ time, micros: microsOf(seconds) }] : []
  })
  faults.push(...countFault(rows.length - dated.length, rows.length, `values of ${key}`))
  return dated.sort((a, b) => a.time - b.time)
}

function firstOfEachHour(averages: readonly DatedMicros[]): DatedMicros[] {
  const hours = new Map<number, DatedMicros>()
  for (const { time, micros } of averages) {
    const hour = Math.floor(time / hourMs) * hourMs
    if (!hours.has(hour)) hours.set(hour, { time: hour, micros })
  }
  return [...hours.values()]
}

function oneOf<T extends string>(
  words: readonly T[],
  store: Record<string, unknown>,
  key: string,
  faults: string[],
): T | null {
  const value = store[key] ?? null
  const found = words.find(word => word === value)
  if (found !== undefined) return found
  if (value !== null) faults.push(`${key} is ${JSON.stringify(value)}, which is none: left out`)
  return null
}
