import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextSerial } from '../../../functions/core/zone/serial.ts'

test.each([
  [1_790_000_000_999, 0, 1_790_000_000],
  [1_790_000_000_000, 1_790_000_000, 1_790_000_001],
  [1_790_000_000_000, 1_790_000_050, 1_790_000_051],
  [1_790_000_000_000, 2_026_112_201, 2_026_112_202],
])('at %i ms after %i comes %i', (now, last, serial) => {
  expect(nextSerial(now, last)).toBe(serial)
})

test('serials only grow, whatever the clock does', () => {
  void fc.assert(
    fc.property(fc.array(fc.nat({ max: 4_000_000_000_000 })), clock => {
      let last = 0
      for (const now of clock) {
        const serial = nextSerial(now, last)
        expect(serial).toBeGreaterThan(last)
        last = serial
      }
    }),
    { numRuns: 1000 },
  )
})
