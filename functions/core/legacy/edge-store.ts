import { isMap } from '../domain/is-map.ts'
import { microsOf } from '../domain/micros.ts'
import { type Judgement, judgements, type Mode, modes } from '../domain/model.ts'
import { startOfHour } from '../history/hour.ts'
import { keptMicros } from '../history/run.ts'
import { countFault, maxSeconds, pastTime } from './json-map.ts'
import { readTornMap, type TornMap } from './torn-json.ts'

/** The seconds that the original writes for a fetch that failed. */
const failedSeconds = 10
const keys = [
  'comment',
  'fetch_times',
  'health',
  'historical_average',
  'mode',
  'rotation_history',
  'state',
  'state_entry_time',
]

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
  /** Null where it cannot be known: the edge must not be let in before an operator says so (behaviour §15). */
  readonly mode: Mode | null
  /** Milliseconds since which the mode holds; null if it was never set. */
  readonly since: number | null
  readonly comment: string
  /** What in it could not be read, in words. */
  readonly faults: readonly string[]
}

/**
 * Reads an `.edgestore` (JSON), also one that is cut off or damaged, as far as it goes; null where nothing of it can be
 * read. `now` in milliseconds. Never throws.
 */
export function readEdgeStore(text: string, now: number): EdgeStore | null {
  const read = readTornMap(text, keys)
  if (read === null) return null
  const { values } = read
  const faults: string[] = read.isDamaged ? ['is damaged or cut off: what is still whole in it was read'] : []
  const samples = samplesIn(values, now, faults)
  const hours = datedIn(values, 'historical_average', now, faults)
  return {
    samples,
    hours: firstOfEachHour(hours),
    health: oneOf(judgements, values, 'health', faults),
    isIn: values.state === 'in',
    mode: modeIn(read, faults),
    since: pastTime(values.state_entry_time, now),
    comment: typeof values.comment === 'string' ? values.comment.trim() : '',
    faults,
  }
}

/**
 * Files of early versions have no mode, which then was `available`. But one that has a key of another name, or that is
 * damaged, may have lost it.
 */
function modeIn({ values, torn, isDamaged }: TornMap, faults: string[]): Mode | null {
  const isOlder = !isDamaged && Object.keys(values).every(key => keys.includes(key))
  if (!('mode' in values) && isOlder) return 'available'
  const mode = torn.has('mode') ? undefined : modes.find(word => word === values.mode)
  if (mode === undefined && 'mode' in values) faults.push(`mode is ${shown(values.mode)}, which is not a mode`)
  return mode ?? null
}

function samplesIn(values: TornMap['values'], now: number, faults: string[]): OriginalSample[] {
  const samples = datedIn(values, 'fetch_times', now, faults)
  const cut = samples.filter(({ micros }) => keptMicros(micros) !== micros)
  const longest = cut.reduce((most, { micros }) => Math.max(most, micros), 0) / 1e6
  if (cut.length > 0) {
    const most = `${keptMicros(microsOf(longest)) / 1e6} s`
    faults.push(
      `${cut.length} of ${samples.length} fetch times, of up to ${longest} s, are longer than ${most}: they count as ${most}`,
    )
  }
  return samples.map(sample => ({ ...sample, failed: sample.micros === microsOf(failedSeconds) }))
}

/** A map from unix time to seconds, as whole microseconds by time. */
function datedIn(values: TornMap['values'], key: string, now: number, faults: string[]): DatedMicros[] {
  const map = values[key] ?? {}
  if (!isMap(map)) {
    faults.push(`${key} is not a map: left out`)
    return []
  }
  const rows = Object.entries(map)
  const dated = rows.flatMap(([date, seconds]) => {
    const time = pastTime(date, now)
    const isSound = time !== null && typeof seconds === 'number' && seconds >= 0 && seconds <= maxSeconds
    return isSound ? [{ time, micros: microsOf(seconds) }] : []
  })
  faults.push(...countFault(rows.length - dated.length, rows.length, `values of ${key}`))
  return dated.sort((a, b) => a.time - b.time)
}

function firstOfEachHour(averages: readonly DatedMicros[]): DatedMicros[] {
  const hours = new Map<number, DatedMicros>()
  for (const { time, micros } of averages) {
    const hour = startOfHour(time)
    if (!hours.has(hour)) hours.set(hour, { time: hour, micros })
  }
  return [...hours.values()]
}

function oneOf<T extends string>(
  wanted: readonly T[],
  values: TornMap['values'],
  key: string,
  faults: string[],
): T | null {
  const value = values[key] ?? null
  const found = wanted.find(word => word === value)
  if (found !== undefined) return found
  if (value !== null) faults.push(`${key} is ${shown(value)}, which is not one: left out`)
  return null
}

const maxShown = 40

/** A value for a sentence, cut where it is long. */
function shown(value: unknown): string {
  const text = String(JSON.stringify(value))
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text
}
