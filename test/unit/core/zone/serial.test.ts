import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGreaterSerial, laterSerial, nextSerial } from '../../../../functions/core/zone/serial.ts'

const largest = 2 ** 32 - 1
const now = 1_790_000_000_000
const yearMs = 365 * 86_400_000

describe('the serial of a publication (behaviour §7.3)', () => {
  test.each([
    [1_790_000_000_999, 0, 1_790_000_000],
    [now, 1_790_000_000, 1_790_000_001],
    [now, 1_790_000_050, 1_790_000_051],
    [now, 2_026_112_201, 2_026_112_202],
  ])('at %i ms after %i comes %i', (at, last, serial) => {
    expect(nextSerial(at, last)).toBe(serial)
  })

  test.each([
    ['the largest is followed by the Unix time, which is greater', now, largest, 1_790_000_000],
    ['or by 1, where that is not', 2_200_000_000_000, largest, 1],
    ['a clock 80 years ahead gives one that fits', now + 80 * yearMs, 0, (1_790_000_000 + 80 * 365 * 86_400) % 2 ** 32],
    ['and when it is right again, the Unix time is greater', now, 17_912_704, 1_790_000_000],
    ['a clock 20 years ahead leaves a serial that is counted on', now, 1_790_000_000 + 630_720_000, 2_420_720_001],
    ['where neither is greater, the last one is counted on', now, 1_790_000_000 + 2 ** 31, 1_790_000_001 + 2 ** 31],
    ['what a former version gave out beyond 32 bits counts as what it is in them', now, 2 ** 32, 1_790_000_000],
    ['and so it does for a later time', 2_200_000_000_000, 2 ** 32 + 4, 5],
    ['a clock that says 1970', 0, 0, 1],
    ['a clock that says 1969', -1, 0, largest],
    ['the second in which 32 bits begin anew', 2 ** 32 * 1000, 0, 1],
  ])('%s', (_, at, last, serial) => {
    expect(nextSerial(at, last)).toBe(serial)
  })

  test('they grow by RFC 1982, fit into 32 bits and are never 0, whatever the clock does and whatever was published', () => {
    const clocks = fc.array(fc.oneof(fc.integer({ min: -8.64e15, max: 8.64e15 }), fc.nat({ max: 4e12 })))
    const first = fc.oneof(fc.constantFrom(0, 1, 2 ** 31, largest - 1, largest, 2 ** 32), fc.nat({ max: largest }))
    void fc.assert(
      fc.property(clocks, first, (clock, published) => {
        let last = published
        for (const at of clock) {
          const serial = nextSerial(at, last)
          expect(Number.isInteger(serial) && serial >= 1 && serial <= largest).toBe(true)
          if (last !== 0) expect(isGreaterSerial(serial, last % 2 ** 32)).toBe(true)
          last = serial
        }
      }),
      { numRuns: 1000 },
    )
  })
})

test.each([
  [1, 0, true],
  [0, 0, false],
  [0, largest, true],
  [largest, 0, false],
  [2 ** 31 - 1, 0, true],
  [2 ** 31, 0, false],
  [0, 2 ** 31, false],
])('%i is greater than %i: %s', (serial, other, expected) => {
  expect(isGreaterSerial(serial, other)).toBe(expected)
})

test.each([
  [0, 0, 0],
  [0, 5, 5],
  [5, 0, 5],
  [5, 6, 6],
  [6, 5, 6],
  [largest, 1, 1],
  [1, largest, 1],
  // Half of all serials apart: the RFC leaves it open, and the first stays.
  [1, 1 + 2 ** 31, 1],
  [1 + 2 ** 31, 1, 1 + 2 ** 31],
])('of %i and %i the later is %i', (a, b, later) => {
  expect(laterSerial(a, b)).toBe(later)
})
