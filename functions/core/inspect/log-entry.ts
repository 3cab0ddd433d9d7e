/**
 * What is worth a line in the log: what an operator's command did, a changed folder that was taken up (`folder`), a deploy, or
 * (`cycle`) that cycles began to end in another way, such as `blind` or `failed`, or went well again.
 */
export type LogWhat = 'order' | 'order-end' | 'freeze' | 'thaw' | 'push' | 'rollback' | 'folder' | 'deploy' | 'cycle'

/** One entry of the log as it is kept: who did what, when and why. */
export interface LogEntry {
  /** Milliseconds. */
  readonly time: number
  readonly what: LogWhat
  /** What it is about: the edge of an order, the hash of a configuration, the status of a cycle; empty where it is the whole network. */
  readonly about: string
  /** Empty for a cycle. */
  readonly by: string
  /** Null where none was given. */
  readonly comment: string | null
  /** The mode of an order. */
  readonly mode?: string
  /** When an order or a freeze ends by itself, milliseconds; null for never. */
  readonly expires?: number | null
  /** The configuration that was in force before; null: none was. */
  readonly previous?: string | null
  /** Of a deploy: the pushed configuration that it set aside, and whose it was. */
  readonly setAside?: { readonly hash: string; readonly by: string }
  /** The object with the whole settings of a configuration. */
  readonly source?: string
}

const whats: readonly string[] = [
  'order',
  'order-end',
  'freeze',
  'thaw',
  'push',
  'rollback',
  'folder',
  'deploy',
  'cycle',
] satisfies LogWhat[]

/** How long entries are kept, in seconds: 90 days. */
export const logKeptSeconds = 90 * 86_400

/** An entry as JSON, without its time, which is in its key. */
export function logText({ time: _time, ...entry }: LogEntry): string {
  return JSON.stringify(entry)
}

/** The entry that such a parsed JSON holds; null where it is none. `time`: milliseconds. */
export function logEntryOf(time: number, value: unknown): LogEntry | null {
  const { what, about, by, comment, mode, expires, previous, ...more } = Object(value) as Record<
    keyof LogEntry,
    unknown
  >
  if (!Number.isSafeInteger(time) || !whats.includes(String(what))) return null
  if (typeof about !== 'string' || typeof by !== 'string') return null
  return {
    time,
    what: what as LogWhat,
    about,
    by,
    comment: typeof comment === 'string' ? comment : null,
    ...(typeof mode === 'string' ? { mode } : {}),
    ...(expires === null || Number.isSafeInteger(expires) ? { expires: expires as number | null } : {}),
    ...(previous === null || typeof previous === 'string' ? { previous } : {}),
    ...asideOf(more.setAside),
    ...(typeof more.source === 'string' ? { source: more.source } : {}),
  }
}

function asideOf(value: unknown): Pick<LogEntry, 'setAside'> {
  const { hash, by } = Object(value) as Record<string, unknown>
  return typeof hash === 'string' && typeof by === 'string' ? { setAside: { hash, by } } : {}
}

/** Statuses of cycles that were saved but did not do their work. */
const troubled: readonly (string | null)[] = ['failed', 'blind', 'no_edges']

/**
 * The entry for a cycle of this time (milliseconds) that ended in another way than the one before, where one of the two is
 * trouble; null where there is nothing to tell. `why`: what it failed for, as far as it is known.
 */
export function turnOf(before: string | null, status: string, time: number, why: string | null): LogEntry | null {
  if (before === status || (!troubled.includes(status) && !troubled.includes(before))) return null
  return { time, what: 'cycle', about: status, by: '', comment: why }
}
