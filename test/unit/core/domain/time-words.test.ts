import { expect, test } from 'vitest'
import {
  agoWords,
  expiryWords,
  isoTime,
  spanWords,
  untilWords,
  utcWords,
} from '../../../../functions/core/domain/time-words.ts'

test.each([
  [-5000, '0 s'],
  [499, '0 s'],
  [12_000, '12 s'],
  [250_000, '4 m 10 s'],
  [240_000, '4 m'],
  [4_320_000, '1 h 12 m'],
  [3_605_000, '1 h'],
  [273_600_000, '3 d 4 h'],
  [259_220_000, '3 d'],
])('%d ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words)
})

test('a moment is ISO 8601 in JSON', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z')
})

test.each([
  [null, ''],
  [Date.UTC(2026, 10, 25), ' until 2026-11-25 00:00:00 UTC'],
])('what is held until %s is told to be held%s', (until, words) => {
  expect(untilWords(until)).toBe(words)
})

test('a moment is told in UTC, to the second', () => {
  expect(utcWords(Date.UTC(2026, 10, 24, 16, 0, 5, 999))).toBe('2026-11-24 16:00:05 UTC')
})

test.each([
  [null, 'does not expire'],
  [61_000, 'expires in 1 m'],
  [1000, 'expired 0 s ago'],
  [0, 'expired 1 s ago'],
])('an expiry at %s', (expires, words) => {
  expect(expiryWords(expires, 1000)).toBe(words)
})

test.each([
  [-250_000, '4 m 10 s ago'],
  [60_000, '0 s ago'],
  [7_200_000, 'dated 2 h ahead by a wrong clock'],
])('a moment %i ms from now was %s', (ms, words) => {
  expect(agoWords(1_790_000_000_000 + ms, 1_790_000_000_000)).toBe(words)
})
