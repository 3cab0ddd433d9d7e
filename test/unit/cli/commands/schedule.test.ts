import { describe, expect, test } from 'vitest'
import { atIntervals, nextStart } from '../../../../functions/cli/commands/schedule.ts'

/** A clock that nobody sets: that only sleeping and working move. */
function timeOf() {
  let now = 1000
  const time = {
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { time, pass }
}

describe('a schedule', () => {
  test('starts work at fixed intervals, however long it takes', async () => {
    const { time, pass } = timeOf()
    const starts: number[] = []
    const work = async () => {
      starts.push(time.monotonic())
      pass(starts.length * 300)
      return starts.length < 3
    }
    await atIntervals(1000, work, new AbortController().signal, time)
    expect(starts).toEqual([1000, 2000, 3000])
  })

  test('leaves out the starts that fall into work', async () => {
    const { time, pass } = timeOf()
    const starts: number[] = []
    const work = async () => {
      starts.push(time.monotonic())
      pass(2500)
      return starts.length < 2
    }
    await atIntervals(1000, work, new AbortController().signal, time)
    expect(starts).toEqual([1000, 4000])
  })

  test('stops after the work under way when it is told to', async () => {
    const { time } = timeOf()
    const stop = new AbortController()
    let runs = 0
    const work = async () => {
      runs++
      if (runs === 2) stop.abort()
      return true
    }
    await atIntervals(1000, work, stop.signal, time)
    expect(runs).toBe(2)
    expect(time.monotonic()).toBe(2000)
  })

  test('does nothing when it was stopped before', async () => {
    let runs = 0
    await atIntervals(1000, async () => ++runs > 0, AbortSignal.abort(), timeOf().time)
    expect(runs).toBe(0)
  })

  test.each([
    [0, 1000],
    [999, 1000],
    [1000, 2000],
    [1500, 2000],
  ])('the next start after %i is %i', (now, expected) => {
    expect(nextStart(0, 1000, now)).toBe(expected)
  })
})
