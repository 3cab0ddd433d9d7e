import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alerts, parseRange } from '../../../../functions/core/inspect/nagios-range.ts'

describe("the guidelines' examples", () => {
  test.each([
    ['10', [0, 5, 10], [-1, 11]],
    ['10:', [10, 1e9], [9.9, -1]],
    ['~:10', [-1e9, 10], [10.1]],
    ['10:20', [10, 20], [9, 21]],
    ['@10:20', [9, 21], [10, 15, 20]],
    ['-5:-1.5', [-5, -1.5], [-6, 0]],
    ['.5', [0.5], [0.6]],
    ['0', [0], [1]],
    ['~:', [-1e9, 1e9], []],
  ])('%s', (text, quiet, loud) => {
    const range = parseRange(text)
    expect(range?.text).toBe(text)
    for (const value of quiet) expect(alerts(value, range)).toBe(false)
    for (const value of loud) expect(alerts(value, range)).toBe(true)
  })
})

test.each(['', '@', ':', 'x', '10:x', '20:10', '-5', '1,5', '10 ', '1e3', '10:20:30', '~', 'NaN', '10:~'])(
  '"%s" is no range',
  text => {
    expect(parseRange(text)).toBeNull()
  },
)

test('no range raises no alert', () => {
  expect(alerts(1e9, null)).toBe(false)
})

test('inside and outside are opposites', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.integer(), (start, length, value) => {
      const text = `${start}:${start + length}`
      expect(alerts(value, parseRange(text))).toBe(!alerts(value, parseRange(`@${text}`)))
    }),
  )
})
