import { describe, expect, test } from 'vitest'
import { isExpired, modeOf, signature } from '../../../../functions/core/orders/orders.ts'
import { now, order } from '../../../helpers/core.ts'

describe('the mode that counts', () => {
  test('is available without an order', () => {
    expect(modeOf('a', undefined, true, now)).toEqual({ mode: 'available', order: null, warning: null })
  })

  test.each(['force', 'blindforce', 'unavailable'] as const)('is %s where that is ordered', mode => {
    const given = order('a', mode)
    expect(modeOf('a', given, false, now)).toEqual({ mode, order: given, warning: null })
    const running = order('a', mode, { expires: now + 1 })
    expect(modeOf('a', running, false, now).mode).toBe(mode)
  })

  test('is available from the moment an order expires, and the report says so', () => {
    const given = order('a', 'force', { expires: now })
    expect(modeOf('a', given, true, now)).toEqual({
      mode: 'available',
      order: null,
      warning: 'the order for a (force, by root: "maintenance") expired at 2026-01-01 12:00:30 UTC',
    })
  })

  test('is what was ordered by a clock that was ahead, and the report says so', () => {
    const given = order('a', 'unavailable', { since: now + 7_200_000, expires: now + 8_100_000 })
    expect(modeOf('a', given, true, now)).toEqual({
      mode: 'unavailable',
      order: given,
      warning:
        'the order for a (unavailable, by root: "maintenance") is dated ahead of the clock, 2026-01-01 14:00:30 UTC: it holds until 2026-01-01 14:15:30 UTC; give it again',
    })
    expect(modeOf('a', order('a', 'force', { since: now + 60_000 }), true, now).warning).toBeNull()
  })

  test.each([
    [false, 'unavailable'],
    [true, 'available'],
  ])('of an unreadable order for an edge that is live %s is %s (behaviour §8.5)', (isLive, mode) => {
    expect(modeOf('a', 'unreadable', isLive, now)).toEqual({
      mode,
      order: null,
      warning: `the order for a cannot be read: it counts as ${mode}; give it again`,
    })
  })
})

test('expiry and signature', () => {
  expect([isExpired(null, now), isExpired(now + 1, now), isExpired(now, now)]).toEqual([false, false, true])
  expect(signature({ by: 'root', comment: 'new disk' })).toBe('by root: "new disk"')
})
