import { describe, expect, test } from 'vitest'
import { compareMeans, meanSeconds, noSamples, plus } from '../../../../functions/core/history/total.ts'

describe('totals and means', () => {
  test('are exact: whole microseconds, nothing rounded', () => {
    const total = [100_000, 200_000, 200_000].reduce(plus, noSamples)
    expect(total).toEqual({ sumMicros: 500_000, count: 3 })
    expect(meanSeconds(total)).toBe(500_000 / 3 / 1e6)
    expect(meanSeconds(noSamples)).toBeNull()
  })

  test.each([
    ['a lower mean comes first', { sumMicros: 3, count: 2 }, { sumMicros: 2, count: 1 }, -1],
    ['a higher one later', { sumMicros: 2, count: 1 }, { sumMicros: 3, count: 2 }, 1],
    ['equal means are equal, whatever their counts', { sumMicros: 1, count: 3 }, { sumMicros: 2, count: 6 }, 0],
    ['no samples come last', noSamples, { sumMicros: 9e6, count: 1 }, 1],
    ['any samples come before none', { sumMicros: 9e6, count: 1 }, noSamples, -1],
    ['none and none are equal', noSamples, noSamples, 0],
  ])('%s', (_, a, b, expected) => {
    expect(compareMeans(a, b)).toBe(expected)
  })
})
