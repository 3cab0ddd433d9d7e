import { expect, test } from 'vitest'
import { hourMs, startOfHour } from '../../../../functions/core/history/hour.ts'

const eight = Date.UTC(2026, 10, 28, 8)

test.each([
  ['its first millisecond', eight, eight],
  ['its last', eight + hourMs - 1, eight],
  ['the next hour begins where it ends', eight + hourMs, eight + hourMs],
  ['before 1970', -1, -hourMs],
])('the hour of a time: %s', (_which, time, start) => {
  expect(startOfHour(time)).toBe(start)
})
