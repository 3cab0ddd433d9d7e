import { expect, test } from 'vitest'
import { createTlsRecords } from '../../../../../functions/adapters/probe/http/tls-records.ts'

const record = (bytes: number) => Buffer.concat([Buffer.from([23, 3, 3, bytes >> 8, bytes & 255]), Buffer.alloc(bytes)])

/** Feeds records in pieces of 16 KB; answers how many bytes were taken before it was too much. */
function bytesTaken(one: Buffer, gives: number, count: number): number {
  const records = createTlsRecords()
  const all = Buffer.concat(Array.from({ length: count }, () => one))
  for (let at = 0; at < all.length; at += 16_384) {
    const piece = all.subarray(at, at + 16_384)
    if (!records.take(piece)) return at
    records.gave(Math.round((piece.length / one.length) * gives))
    if (records.isFlood()) return at
  }
  return all.length
}

test.each<[string, number, number]>([
  ['key updates', 22, 0],
  ['empty records', 17, 0],
  ['session tickets', 250, 0],
  ['padding', 16_000, 1],
])('%s without an end are too much soon', (_name, bytes, gives) => {
  expect(bytesTaken(record(bytes), gives, 20_000)).toBeLessThan(250_000)
})

test.each<[string, number, number]>([
  ['full records', 16_401, 16_384],
  ['records of a packet', 1400, 1378],
  ['records of 100 bytes', 122, 100],
])('an answer in %s is not', (_name, bytes, gives) => {
  const count = Math.ceil(3e6 / bytes)
  expect(bytesTaken(record(bytes), gives, count)).toBe(count * record(bytes).length)
})

test('a header may be cut anywhere', () => {
  const records = createTlsRecords()
  const all = Buffer.concat(Array.from({ length: 400 }, () => record(1)))
  const taken = [...all].map(byte => records.take(Buffer.from([byte])))
  expect(taken.indexOf(false)).toBeGreaterThan(256 * 6)
  expect(taken.indexOf(false)).toBeLessThan(320 * 6)
  expect(records.first()).toEqual(all.subarray(0, 16))
})

test('tickets are counted', () => {
  const records = createTlsRecords()
  expect(Array.from({ length: 17 }, () => records.ticket())).toEqual([...Array(16).fill(true), false])
})
