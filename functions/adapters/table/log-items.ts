import { type LogEntry, logEntryOf, logKeptSeconds, logText, turnOf } from '../../core/inspect/log-entry.ts'
import type { Settled } from '../../cycle/ports/ports.ts'
import { parseJson } from './chunks.ts'
import { logKey, logPrefix } from './keys.ts'
import type { Item, Rows } from './rows.ts'

/**
 * Writes an entry of the log: `LOG#<time>#<what>`, where what is followed by what it is about, so that several orders of
 * one moment do not replace each other. `{entry: JSON, ttl}`.
 */
export async function putLog(rows: Rows, entry: LogEntry): Promise<void> {
  const ttl = Math.floor(entry.time / 1000) + logKeptSeconds
  await rows.put(logKey(entry.time, entry.what, entry.about), {
    entry: { S: logText(entry) },
    ttl: { N: String(ttl) },
  })
}

/**
 * Tells the log where cycles begin to end in another way than the one before (`before`: its status). What the log lacks is
 * no reason to keep a lease.
 */
export async function putTurn(rows: Rows, { now, status, why }: Settled, before: string | null): Promise<void> {
  const entry = status === null ? null : turnOf(before, status, now, why ?? null)
  if (entry !== null) await putLog(rows, entry).catch(() => {})
}

/** The newest `limit` entries since `from` (milliseconds), newest first; unreadable ones are left out. */
export async function readLog(rows: Rows, limit: number, from: number): Promise<LogEntry[]> {
  const items = await rows.list(logPrefix, limit, { from: logKey(Math.max(0, from), '', '') })
  return items.flatMap(item => decodeLog(item) ?? [])
}

function decodeLog(item: Item): LogEntry | null {
  const digits = /^LOG#(\d{13})#/.exec(item.sk?.S ?? '')?.[1]
  return parseJson(item.entry?.S, value => logEntryOf(digits === undefined ? Number.NaN : Number(digits), value))
}
