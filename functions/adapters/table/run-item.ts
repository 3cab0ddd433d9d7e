import { areEntries, type Roster, type Run } from '../../core/history/run.ts'
import { decodeCircumstances, encodeCircumstances } from './circumstances.ts'
import { timeOf } from './keys.ts'
import type { Item } from './rows.ts'

/**
 * A form of packed cycles. Both begin with the roster's id (8 bytes) and the flags (1 byte); today's goes on with the
 * timeout in microseconds (3 bytes) and the configuration's hash (8 bytes), the former one has neither. The entries
 * follow, 4 bytes each.
 */
interface Form {
  readonly attribute: 'r' | 'd'
  readonly headBytes: number
}

const formOfToday: Form = { attribute: 'r', headBytes: 20 }
const formerForm: Form = { attribute: 'd', headBytes: 9 }
const flagsAt = 8
const timeoutAt = 9
const configurationAt = 12
const entryBytes = 4

const killedFlag = 1
const importedFlag = 2
const configurationFlag = 4
/** The era is in the upper bits of the flags. */
const eraShift = 3
/** Eras are counted up to here and then from 0 again: samples of that age are long gone. */
export const eras = 32

/**
 * A run as an item: at most 100 bytes and 4 per entry, keys included, where nothing but samples is kept. `ttl` in seconds;
 * `era`: how often the clock had gone back when it was recorded, counted up to `eras`.
 */
export function encodeRun(run: Run, ttl: number, imported = false, era = 0): Item {
  const { attribute, headBytes } = run.timeoutMicros === null ? formerForm : formOfToday
  const bytes = Buffer.alloc(headBytes + run.entries.length * entryBytes)
  bytes.write(run.roster.id, 0, 'hex')
  bytes.writeUInt8(flagsOf(run, imported) | (era << eraShift), flagsAt)
  if (run.timeoutMicros !== null) bytes.writeUIntLE(run.timeoutMicros, timeoutAt, 3)
  if (run.timeoutMicros !== null && run.configuration !== null) bytes.write(run.configuration, configurationAt, 'hex')
  for (const [at, word] of run.entries.entries()) bytes.writeUInt32LE(word, headBytes + at * entryBytes)
  const circumstances = run.timeoutMicros === null ? null : encodeCircumstances(run)
  return {
    [attribute]: { B: bytes },
    ttl: { N: String(ttl) },
    ...(circumstances === null ? {} : { x: { S: circumstances } }),
  }
}

function flagsOf({ killed, configuration }: Run, imported: boolean): number {
  return (killed ? killedFlag : 0) | (imported ? importedFlag : 0) | (configuration === null ? 0 : configurationFlag)
}

/** The packed bytes of an item and their form; null where there are none of either form. */
function packedIn(item: Item): { readonly bytes: Buffer; readonly form: Form } | null {
  for (const form of [formOfToday, formerForm]) {
    const bytes = item[form.attribute]?.B
    if (!(bytes instanceof Uint8Array)) continue
    const isWhole = bytes.length >= form.headBytes && (bytes.length - form.headBytes) % entryBytes === 0
    return isWhole ? { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), form } : null
  }
  return null
}

/** The roster id that a run's item names; null if it names none. */
export function rosterIdOf(item: Item): string | null {
  return packedIn(item)?.bytes.toString('hex', 0, 8) ?? null
}

/** Whether a run's item, one that can be read, came from an import (functions/adapters/table/import-table.ts). */
export function isImported(item: Item): boolean {
  return (Number(packedIn(item)?.bytes[flagsAt]) & importedFlag) !== 0
}

/** The era in which a run was recorded, of an item that can be read. */
export function eraOf(item: Item): number {
  return Number(packedIn(item)?.bytes[flagsAt]) >> eraShift
}

/** The run in an item, given its roster; null if the item cannot be read. */
export function decodeRun(item: Item, roster: Roster | undefined): Run | null {
  const packed = packedIn(item)
  const time = timeOf(item.sk?.S ?? '')
  if (packed === null || roster === undefined || Number.isNaN(time)) return null
  const { bytes, form } = packed
  const isOfToday = form === formOfToday
  const timeoutMicros = isOfToday ? bytes.readUIntLE(timeoutAt, 3) : null
  const entries = entriesIn(bytes, form, roster)
  if (entries === null) return null
  const flags = Number(bytes[flagsAt])
  return {
    time,
    roster,
    entries,
    killed: (flags & killedFlag) !== 0,
    timeoutMicros,
    configuration:
      isOfToday && (flags & configurationFlag) !== 0 ? bytes.toString('hex', configurationAt, form.headBytes) : null,
    circumstances: isOfToday ? decodeCircumstances(item.x?.S, roster) : null,
  }
}

function entriesIn(bytes: Buffer, { headBytes }: Form, roster: Roster): Uint32Array | null {
  const count = (bytes.length - headBytes) / entryBytes
  if (count !== roster.edges.length + roster.canaries.length) return null
  const entries = wordsIn(bytes, headBytes, count)
  return areEntries(entries) ? entries : null
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** These bytes as 32-bit words, lowest byte first: the same memory where the machine can read it so, else a copy. */
function wordsIn(bytes: Buffer, from: number, count: number): Uint32Array {
  const at = bytes.byteOffset + from
  if (isLittleEndian && at % entryBytes === 0) return new Uint32Array(bytes.buffer, at, count)
  const packed = new DataView(bytes.buffer, at)
  return Uint32Array.from({ length: count }, (_, word) => packed.getUint32(word * entryBytes, true))
}
