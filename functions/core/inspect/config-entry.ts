import type { ConfigEvent } from '../config/pointer.ts'
import { type LogEntry, logEntryOf } from './log-entry.ts'

const whats: readonly string[] = ['push', 'rollback', 'folder', 'deploy'] satisfies ConfigEvent['what'][]

/** What became of a network's configuration, as an entry of the log. */
export function entryOfConfig({ at, hash, comment, ...rest }: ConfigEvent): LogEntry {
  return { time: at, about: hash, comment: comment === '' ? null : comment, ...rest }
}

/** The entry of `config log` in an entry of the log; null where it is about something else. */
export function configOfEntry({ time, what, about, by, comment, ...rest }: LogEntry): ConfigEvent | null {
  if (!whats.includes(what) || !/^[0-9a-f]{64}$/.test(about)) return null
  const { previous = null, setAside, source } = rest
  return {
    ...{ what: what as ConfigEvent['what'], hash: about, previous, by, at: time, comment: comment ?? '' },
    ...(setAside === undefined ? {} : { setAside }),
    ...(source === undefined ? {} : { source }),
  }
}

/** The same of an entry as earlier versions wrote it, a parsed JSON; null where it is none. `time`: milliseconds. */
export function earlierConfigEntry(time: number, value: unknown): LogEntry | null {
  const { hash, comment, ...rest } = Object(value) as Record<string, unknown>
  if (!whats.includes(String(rest.what))) return null
  return logEntryOf(time, { ...rest, about: hash, comment: comment === '' ? null : comment })
}
