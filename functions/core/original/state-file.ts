import { byName } from '../model.ts'
import { countFault, jsonMap, pastTime } from './json-map.ts'

/** What the original's `<network>.state` says; keys that are missing say nothing. */
export interface OriginalState {
  /** The last live set, sorted; empty where there was none. */
  readonly live: readonly string[]
  /** Milliseconds, ascending. */
  readonly rotations: readonly number[]
  /** Edges whose body was wrong in the last cycle. */
  readonly verifyFailed: ReadonlySet<string>
  /** What in it could not be read, in words. */
  readonly faults: readonly string[]
}

/** Reads a `.state` file (JSON); null where nothing of it can be read. `now` in milliseconds. Never throws. */
export function readStateFile(text: string, now: number): OriginalState | null {
  const state = jsonMap(text)
  if (state === null) return null
  const faults: string[] = []
  const list = (key: string): unknown[] => {
    const value = state[key] ?? []
    if (Array.isArray(value)) return value
    faults.push(`${key} is no list: left out`)
    return []
  }
  const dates = list('rotation_list')
  const rotations = dates.flatMap(date => pastTime(date, now) ?? [])
  faults.push(...countFault(dates.length - rotations.length, dates.length, 'values of rotation_list'))
  return {
    live: [...new Set(list('last_live').filter(isName))].sort(byName),
    rotations: [...new Set(rotations)].sort((a, b) => a - b),
    verifyFailed: new Set(list('verification_failures').filter(isName)),
    faults,
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
