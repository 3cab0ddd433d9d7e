import { type Roster, type Run, unpackEntry } from '../../core/run.ts'
import { timeOf } from './keys.ts'
import type { Item } from './rows.ts'

/** Roster id (8 bytes) and flags (1 byte) stand before the entries. */
const headBytes = 9
const killedFlag = 1
const importedFlag = 2
/** The era stands in the upper bits of the flags. */
const eraShift = 3
/** Eras are counted up to here and then anew: nobody keeps samples for so many of them. */
export const eras = 32

/**
 * A run as an item: at most 100 bytes and 4 per entry, keys included. `ttl` in seconds; `era`: how often the clock had gone
 * back when it was recorded, counted up to `eras`.
 */
export function encodeRun(run: Run, ttl: number, imported = false, era = 0): Item {
  const bytes = Buffer.alloc(headBytes + run.entries.length * 4)
  bytes.write(run.roster.id, 0, 'hex')
  bytes.writeUInt8((run.killed ? killedFlag : 0) | (imported ? importedFlag : 0) | (era << eraShift), headBytes - 1)
  for (const [at, word] of run.entries.entries()) bytes.writeUInt32LE(word, headBytes + at * 4)
  return { d: { B: bytes }, ttl: { N: String(ttl) } }
}

/** The roster id that a run's item names; null if it names none. */
export function rosterIdOf(item: Item): string | null {
  const bytes = item.d?.B
  if (!(bytes instanceof Uint8Array) || bytes.length < headBytes || (bytes.length - headBytes) % 4 !== 0) return null
  return Buffer.from(bytes.subarray(0, 8)).toString('hex')
}

/** Whether a run's item, one that can be read, came from an import (functions/adapters/table/import-table.ts). */
export function isImported(item: Item): boolean {
  return (Number(item.d?.B?.[headBytes - 1]) & importedFlag) !== 0
}

/** The era in which a run was recorded, of an item that can be read. */
export function eraOf(item: Item): number {
  return Number(item.d?.B?.[headBytes - 1]) >> eraShift
}

/** The run in an item, given its roster; null if the item cannot be read. */
export function decodeRun(item: Item, roster: Roster | undefined): Run | null {
  const bytes = item.d?.B
  const time = timeOf(item.sk?.S ?? '')
  if (rosterIdOf(item) === null || bytes === undefined || roster === undefined || Number.isNaN(time)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = (bytes.length - headBytes) / 4
  if (count !== roster.edges.length + roster.canaries.length) return null
  const entries = new Uint32Array(count)
  for (let at = 0; at < count; at++) {
    entries[at] = view.getUint32(headBytes + at * 4, true)
    if (unpackEntry(entries[at] ?? 0) === null) return null
  }
  return { time, roster, entries, killed: (view.getUint8(headBytes - 1) & killedFlag) !== 0 }
}
