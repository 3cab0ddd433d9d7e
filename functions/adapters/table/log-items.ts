import { configOfEntry, earlierConfigEntry } from '../../core/inspect/config-entry.ts'
import { type LogEntry, logEntryOf, logKeptSeconds, logText, turnOf } from '../../core/inspect/log-entry.ts'
import type { Lease, Settled } from '../../cycle/ports/ports.ts'
import { parseJson } from './chunks.ts'
import { logKey, logPrefix, stateKey } from './keys.ts'
import type { Item, Rows } from './rows.ts'
import { decodeState } from './state-item.ts'

/** What became of the configuration is kept for two years: rollbacks go back to it. */
const configKeptSeconds = 2 * 366 * 86_400

/**
 * Writes an entry of the log: `LOG#<time>#<what>`, where what is followed by what it is about, so that several orders of
 * one moment do not replace each other. `{entry: JSON, ttl}`.
 */
export async function putLog(rows: Rows, entry: LogEntry): Promise<void> {
  const kept = configOfEntry(entry) === null ? logKeptSeconds : configKeptSeconds
  const ttl = Math.floor(entry.time / 1000) + kept
  await rows.put(logKey(entry.time, entry.what, entry.about), {
    entry: { S: logText(entry) },
    ttl: { N: String(ttl) },
  })
}

/**
 * Tells the log where cycles begin to end in another way than the one before (`before`: its status). What the log lacks is
 * no reason to keep a lease.
 */
export async function putTurn(
  rows: Rows,
  lease: Lease,
  { now, status, why }: Settled,
  before: string | null,
): Promise<void> {
  const entry = status === null ? null : turnOf(before, status, now, why ?? null)
  if (entry === null) return
  try {
    // A run that failed may have lost its lease: then it saves nothing any more (behaviour §8.1).
    const { owner } = decodeState((await rows.get(stateKey)) ?? {})
    if (owner === lease.run) await putLog(rows, entry)
  } catch {
    // The cycle ends all the same.
  }
}

/** The newest `limit` entries since `from` (milliseconds), newest first; unreadable ones are left out. */
export async function readLog(rows: Rows, limit: number, from: number): Promise<LogEntry[]> {
  const items = await rows.list(logPrefix, limit, { from: logKey(Math.max(0, from), '', '') })
  return items.flatMap(item => decodeLog(item) ?? [])
}

/** The entry in an item, one that an earlier version wrote too; null where it cannot be read. */
export function decodeLog(item: Item): LogEntry | null {
  const digits = /^LOG#(\d{13})#/.exec(item.sk?.S ?? '')?.[1]
  const time = digits === undefined ? Number.NaN : Number(digits)
  return (
    parseJson(item.entry?.S, value => logEntryOf(time, value)) ??
    parseJson(item.body?.S, value => earlierConfigEntry(time, value))
  )
}
