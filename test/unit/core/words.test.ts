import { describe, expect, test } from 'vitest'
import { counted, duration, moment } from '../../../functions/core/status/words.ts'

describe('durations', () => {
  test.each([
    [-5, '0 s'],
    [119_999, '119 s'],
    [120_000, '2 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [125 * 60_000, '2 h 5 min'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
    [76 * 3_600_000, '3 d 4 h'],
  ])('%d ms are %s', (ms, words) => {
    expect(duration(ms)).toBe(words)
  })
})

test('counts have their nouns, moments are in UTC', () => {
  expect([counted(0, 'edge'), counted(1, 'edge'), counted(2, 'edge')]).toEqual(['0 edges', '1 edge', '2 edges'])
  expect(moment(Date.UTC(2026, 0, 31, 12, 5))).toBe('2026-01-31 12:05')
})
