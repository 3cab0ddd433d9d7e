import { describe, expect, test } from 'vitest'
import { inSeconds, microsOf } from '../../../../functions/core/domain/micros.ts'

describe('whole microseconds', () => {
  test.each([
    [0, 0],
    [0.7, 700_000],
    [0.57, 570_000],
    [0.1 + 0.2, 300_000],
    [0.0000004, 0],
    [0.0000005, 1],
    [15, 15_000_000],
  ])('%d s are %d', (seconds, micros) => {
    expect(microsOf(seconds)).toBe(micros)
  })
})

describe('seconds for an operator', () => {
  test.each([
    [10, '10 s'],
    [3.04, '3 s'],
    [3.06, '3.1 s'],
    [0.123, '0.12 s'],
    [0.5, '0.5 s'],
    [0.01, '0.01 s'],
    [0.0042, '0.004 s'],
    [0, '0 s'],
  ])('%d reads %s', (seconds, words) => {
    expect(inSeconds(seconds)).toBe(words)
  })
})
