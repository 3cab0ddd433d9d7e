import { describe, expect, test } from 'vitest'
import {
  addSamples,
  areEntries,
  type Entry,
  packEntry,
  placeOf,
  type Run,
  rejudged,
  rosterOf,
  sampleIn,
  unpackEntry,
} from '../../../../functions/core/history/run.ts'

describe('an entry in 32 bits', () => {
  test('can be judged anew, and keeps its sample', () => {
    const entry: Entry = { outcome: 'bad_status', judgement: 'fail', micros: 123_456, live: true }
    const word = packEntry(entry)
    expect(rejudged(word, 'fail', true)).toBe(word)
    expect(unpackEntry(rejudged(word, 'pass', false), null)).toEqual({ ...entry, judgement: 'pass', live: false })
    expect(unpackEntry(rejudged(word, null, true), null)).toEqual({ ...entry, judgement: null })
  })

  const known: Entry = { outcome: 'ok', judgement: 'pass', micros: 1, live: false }
  const facts = { time: 1, roster: rosterOf(['a'], []), killed: false, configuration: null, circumstances: null }
  const run: Run = { ...facts, entries: Uint32Array.of(0), timeoutMicros: null }

  test('tells its sample without being unpacked, whatever the bits', () => {
    for (let head = 0; head < 256; head++) {
      const word = head * 2 ** 24 + 123_456
      for (const timeoutMicros of [null, 2_000_000]) {
        const entry = unpackEntry(word, timeoutMicros)
        const expected = entry === null || entry.outcome === 'skipped' ? null : entry.micros
        expect(sampleIn(word, timeoutMicros)).toBe(expected)
        expect(areEntries(Uint32Array.of(packEntry(known), word))).toBe(entry !== null)
        const [sums, counts] = [Float64Array.of(5), Uint32Array.of(1)]
        addSamples({ ...run, entries: Uint32Array.of(word), timeoutMicros }, sums, counts)
        expect([sums[0], counts[0]]).toEqual(expected === null ? [5, 1] : [5 + expected, 2])
      }
    }
    expect(sampleIn(undefined, null)).toBeNull()
  })

  test.each<Entry>([
    { outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true },
    { outcome: 'timeout', judgement: 'fail', micros: 15_000_000, live: false },
    { outcome: 'skipped', judgement: null, micros: 0, live: true },
    { outcome: 'verify_failed', judgement: 'pass_average', micros: 1, live: false },
  ])('comes back as it was: %o', entry => {
    const word = packEntry(entry)
    expect(word).toBe(word >>> 0)
    expect(unpackEntry(word, null)).toEqual(entry)
  })

  test.each([
    ['a status code', { cause: 503, tookMs: 87 }, { cause: 503, tookMs: 87 }],
    ['the longest time there is', { cause: 7, tookMs: 15_000 }, { cause: 7, tookMs: 15_000 }],
    ['more than there is room for', { cause: 5_000, tookMs: 20_000 }, { cause: 1_023, tookMs: 16_383 }],
  ])('keeps of a failure %s, and gives its sample from the timeout of the cycle', (_, failure, kept) => {
    const entry: Entry = { outcome: 'bad_status', judgement: 'fail', micros: 0, live: true, failure }
    const word = packEntry(entry)
    expect(word).toBe(word >>> 0)
    expect(unpackEntry(word, 2_000_000)).toEqual({ ...entry, micros: 2_000_000, failure: kept })
  })

  test.each([
    ['an outcome that there is not', 0x0f_000000],
    ['a judgement that there is not', 0x50_000000],
  ])('with %s is none', (_, word) => {
    expect(unpackEntry(word, null)).toBeNull()
  })

  test('never lets a long fetch spill into the rest', () => {
    const entry: Entry = { outcome: 'ok', judgement: 'pass', micros: 2 ** 25, live: false }
    expect(unpackEntry(packEntry(entry), null)).toEqual({ ...entry, micros: 2 ** 24 - 1 })
  })
})

describe('a roster', () => {
  test('has the same id for the same lists, and another for any other', () => {
    const roster = rosterOf(['a', 'b'], ['192.0.2.1'])
    expect(rosterOf(['a', 'b'], ['192.0.2.1']).id).toBe(roster.id)
    const others = [rosterOf(['b', 'a'], ['192.0.2.1']), rosterOf(['a', 'b', '192.0.2.1'], []), rosterOf(['ab'], [])]
    expect(new Set([roster, ...others].map(one => one.id)).size).toBe(4)
  })

  test('knows where everyone stands: edges first, canaries after them, each kind by itself', () => {
    const roster = rosterOf(['a', 'x'], ['x', 'y'])
    expect(placeOf(roster, 'edge', 'x')).toBe(1)
    expect(placeOf(roster, 'canary', 'x')).toBe(2)
    expect(placeOf(roster, 'canary', 'y')).toBe(3)
    expect(placeOf(roster, 'edge', 'y')).toBe(-1)
    expect(placeOf(roster, 'canary', 'a')).toBe(-1)
  })
})
