import type { Attribute, Item } from './rows.ts'
import { eras } from './run-item.ts'

const timeBytes = 6

/** What STATE holds, each attribute read apart: one that cannot be read is lost alone. */
export interface State {
  readonly owner: string | null
  readonly leaseUntil: number | null
  /** When the lease was taken last. */
  readonly leaseFrom: number | null
  readonly lastStart: number | null
  readonly lastCycle: number | null
  /** How the cycle that ended last ended. */
  readonly status: string | null
  /** How many cycles have ended; 0 if that is not known. */
  readonly cycles: number
  /** How often the clock went back, as cycles found it, counted up to `eras`; 0 if that is not known. */
  readonly era: number
  /** The run that wrote last before this one began. */
  readonly previous: string | null
  readonly version: string | null
  /** The id of the live set's names; null if none is recorded or it cannot be read. */
  readonly live: string | null
  /** Null if none are recorded or they cannot be read. */
  readonly rotations: readonly number[] | null
  /** Attributes that cannot be read, or that nobody wrote. */
  readonly corrupt: readonly string[]
}

const known: Record<string, (value: Attribute) => boolean> = {
  pk: value => value.S !== undefined,
  sk: value => value.S !== undefined,
  owner: value => value.S !== undefined,
  leaseUntil: isTime,
  leaseFrom: isTime,
  lastStart: isTime,
  lastCycle: isTime,
  cycles: isTime,
  era: value => Number(value.N) >= 0 && Number(value.N) < eras && isTime(value),
  previous: value => value.S !== undefined,
  version: value => value.S !== undefined,
  status: value => value.S !== undefined,
  live: value => /^[0-9a-f]{16}$/.test(value.S ?? ''),
  rotations: value => value.B !== undefined && value.B.length % timeBytes === 0,
}

function isTime(value: Attribute): boolean {
  return Number.isSafeInteger(Number(value.N)) && value.N !== undefined
}

/** Reads STATE; never throws. */
export function decodeState(item: Item): State {
  const corrupt = Object.entries(item)
    .filter(([name, value]) => !(known[name]?.(value) ?? false))
    .map(([name]) => name)
  const sound = (name: string) => (corrupt.includes(name) ? undefined : item[name])
  const text = (name: string) => sound(name)?.S ?? null
  const time = (name: string) => (sound(name)?.N === undefined ? null : Number(sound(name)?.N))
  const packed = sound('rotations')?.B
  return {
    owner: text('owner'),
    leaseUntil: time('leaseUntil'),
    leaseFrom: time('leaseFrom'),
    lastStart: time('lastStart'),
    lastCycle: time('lastCycle'),
    status: text('status'),
    cycles: time('cycles') ?? 0,
    era: time('era') ?? 0,
    previous: text('previous'),
    version: text('version'),
    live: text('live'),
    rotations: packed === undefined ? null : unpackTimes(packed),
    corrupt,
  }
}

/** Times in milliseconds, 6 bytes each: 100 of them leave STATE well below 1,024 bytes. */
export function packTimes(times: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(times.length * timeBytes)
  for (const [at, time] of times.entries()) bytes.writeUIntBE(time, at * timeBytes, timeBytes)
  return bytes
}

function unpackTimes(packed: Uint8Array): number[] {
  const bytes = Buffer.from(packed)
  return Array.from({ length: bytes.length / timeBytes }, (_, at) => bytes.readUIntBE(at * timeBytes, timeBytes))
}
