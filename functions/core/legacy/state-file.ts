import { byName } from '../domain/model.ts'
import { countFault, pastTime } from './json-map.ts'
import { readTornMap } from './torn-json.ts'

const keys = [
  'active_canaries',
  'last_live',
  'last_run',
  'rotation_list',
  'verification_failues',
  'verification_failures',
  'zone_mtimes',
]

/** What the original's `<network>.state` says; keys that are missing say nothing. */
export interface OriginalState {
  /** The last live set, sorted; empty where there was none. */
  readonly live: readonly string[]
  /** Whether that is all of it: not where the file lacks the live set or lost a part of it. */
  readonly isLiveKnown: boolean
  /** Milliseconds, ascending. */
  readonly rotations: readonly number[]
  /** Edges whose body was wrong in the last cycle. */
  readonly verifyFailed: ReadonlySet<string>
  /** What in it could not be read, in words. */
  readonly faults: readonly string[]
}

/**
 * Reads a `.state` file (JSON), also one that is cut off or damaged, as far as it goes; null where nothing of it can be
 * read. `now` in milliseconds. Never throws.
 */
export function readStateFile(text: string, now: number): OriginalState | null {
  const read = readTornMap(text, keys)
  if (read === null) return null
  const faults: string[] = read.isDamaged ? ['is damaged or cut off: what is still whole in it was read'] : []
  const list = (key: string): unknown[] => {
    const value = read.values[key] ?? []
    if (Array.isArray(value)) return value
    faults.push(`${key} is not a list: left out`)
    return []
  }
  const dates = list('rotation_list')
  const rotations = dates.flatMap(date => pastTime(date, now) ?? [])
  faults.push(...countFault(dates.length - rotations.length, dates.length, 'values of rotation_list'))
  const named = list('last_live')
  const live = named.filter(isName)
  faults.push(...nameFault(named.length - live.length, named.length))
  return {
    live: [...new Set(live)].sort(byName),
    isLiveKnown: Array.isArray(read.values.last_live) && !read.torn.has('last_live') && live.length === named.length,
    rotations: [...new Set(rotations)].sort((a, b) => a - b),
    verifyFailed: new Set(list('verification_failures').filter(isName)),
    faults,
  }
}

function nameFault(bad: number, all: number): string[] {
  return bad === 0 ? [] : [`${bad} of ${all} values of last_live are not names of edges: left out`]
}

/** What an edge may be called, an address included. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,253}$/.test(value)
}
