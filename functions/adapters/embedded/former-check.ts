import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryAt } from './files.ts'

const blockBytes = 32_768
const headBytes = 7

/**
 * What is wrong with the logs of a LevelDB, one sentence each, as far as LevelDB itself would pass over it in silence:
 * it reads a damaged log up to the damage, and one that is missing as none. Empty where nothing is. Never throws.
 */
export function faultsOf(folder: string): string[] {
  try {
    const current = readFileSync(join(folder, 'CURRENT'), 'utf8').trim()
    const manifest = recordsIn(readFileSync(join(folder, current)))
    const log = manifest.records.map(logNumberIn).findLast(number => number !== null)
    const name = `${String(log).padStart(6, '0')}.log`
    if (log !== undefined && entryAt(join(folder, name)) === null) return [`${name} is missing`]
    const logs = readdirSync(folder).filter(file => file.endsWith('.log'))
    const damaged = logs.filter(file => !recordsIn(readFileSync(join(folder, file))).isWhole)
    return [...(manifest.isWhole ? [] : [current]), ...damaged].map(file => `${file} is damaged`)
  } catch {
    return ['its files are not those of a database']
  }
}

/** The whole records of a log, and whether there is nothing else in it but what a killed process left at its end. */
function recordsIn(bytes: Buffer): { records: Buffer[]; isWhole: boolean } {
  const records: Buffer[] = []
  let parts: Buffer[] = []
  let at = 0
  while (at + headBytes <= bytes.length) {
    const left = blockBytes - (at % blockBytes)
    if (left < headBytes) {
      at += left
      continue
    }
    const [sum, length, type] = [bytes.readUInt32LE(at), bytes.readUInt16LE(at + 4), bytes.readUInt8(at + 6)]
    const end = at + headBytes + length
    if (end > bytes.length) return { records, isWhole: end - at <= left }
    const isBlank = sum === 0 && length === 0 && type === 0
    if (!isBlank && (end - at > left || maskedSum(bytes.subarray(at + 6, end)) !== sum)) {
      return { records, isWhole: false }
    }
    // 1: a whole record; 2, 3, 4: its first part, one in between, the last one.
    parts = type === 1 || type === 2 ? [] : parts
    parts.push(bytes.subarray(at + headBytes, end))
    if (type === 1 || type === 4) records.push(Buffer.concat(parts))
    at = end
  }
  return { records, isWhole: true }
}

/** The log number in a version edit; null where it has none, or something else comes first. */
function logNumberIn(edit: Buffer): number | null {
  let at = 0
  const number = () => {
    let [value, factor] = [0, 1]
    for (;;) {
      const byte = edit.readUInt8(at++)
      value += (byte & 127) * factor
      factor *= 128
      if (byte < 128) return value
    }
  }
  // Edits begin with the comparator's name (1), if they have it, and the log number (2).
  while (at < edit.length) {
    const tag = number()
    if (tag === 2) return number()
    if (tag !== 1) return null
    at += number()
  }
  return null
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** CRC-32C as LevelDB stores it. */
function maskedSum(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = Number(table[(sum ^ byte) & 255]) ^ (sum >>> 8)
  sum = (sum ^ 0xffffffff) >>> 0
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0
}
