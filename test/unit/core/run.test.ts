import { describe, expect, test } from 'vitest'
import { type Entry, packEntry, placeOf, rosterOf, sampleIn, unpackEntry } from '../../../functions/core/run.ts'

describe('an entry in 32 bits', () => {
  test('tells its sample without being unpacked, whatever the bits', () => {
    for (let head = 0; head < 256; head++) {
      const word = head * 2 ** 24 + 123_456
      const entry = unpackEntry(word)
      expect(sampleIn(word)).toBe(entry === null || entry.outcome === 'skipped' ? null : entry.micros)
    }
    expect(sampleIn(undefined)).toBeNull()
  })

  test.each<Entry>([
    { outcome: 'ok', judgement: 'pass_threshold', micros: 123_456, live: true },
    { outcome: 'timeout', judgement: 'fail', micros: 15_000_000, live: false },
    { outcome: 'skipped', judgement: null, micros: 0, live: true },
    { outcome: 'verify_failed', judgement: 'pass_average', micros: 1, live: false },
  ])('comes back as it was: %o', entry => {
    const word = packEntry(entry)
    expect(word).toBe(word >>> 0)
    expect(unpackEntry(word)).toEqual(entry)
  })

  test.each([
    ['an outcome that there is not', 0x0f_000000],
    ['a judgement that there is not', 0x50_000000],
  ])('with %s is none', (_, word) => {
    expect(unpackEntry(word)).toBeNull()
  })

  test('never lets a long fetch spill into the rest', () => {
    const entry: Entry = { outcome: 'ok', judgement: 'pass', micros: 2 ** 25, live: false }
    expect(unpackEntry(packEntry(entry))).toEqual({ ...entry, micros: 2 ** 24 - 1 })
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
