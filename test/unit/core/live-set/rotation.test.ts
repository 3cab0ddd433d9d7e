import { describe, expect, test } from 'vitest'
import { datedAnew, rotationsInWindow, withRotation } from '../../../../functions/core/live-set/rotation.ts'
import { now } from '../../../helpers/core.ts'

const ago = (...seconds: number[]) => seconds.map(one => now - one * 1000)

describe('rotation times', () => {
  test('are counted while now − t ≤ window', () => {
    expect(rotationsInWindow(ago(601, 600.001, 600, 1, 0), now, 600)).toBe(3)
  })

  test('those that a wrong clock dated ahead are dated anew, at now', () => {
    const ahead = [now - 5000, now, now + 1, now + 7_200_000]
    expect(datedAnew(ahead, now)).toEqual([now - 5000, now, now, now])
    const past = ago(5, 0)
    expect(datedAnew(past, now)).toBe(past)
  })

  test('are kept in order, the newest 100', () => {
    const full = Array.from({ length: 100 }, (_, at) => at)
    expect(withRotation(full, now)).toEqual([...full.slice(1), now])
    expect(withRotation([5, 3], 4)).toEqual([3, 4, 5])
    expect(full).toHaveLength(100)
  })
})
