import { expect, test } from 'vitest'
import { clock, sleep } from '../../../../functions/adapters/time/clock.ts'
import { RecordsFault } from '../../../../functions/cycle/ports/errors.ts'
import type { RecordsPort } from '../../../../functions/cycle/ports/ports.ts'
import { pacedCalls } from '../../../../functions/cycle/route53/calls.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

/** A port that keeps the times of its calls (by `now`); `fails` gives the kind of each call's fault. */
function portWith(now: () => number, fails: (call: number) => RecordsFault['kind'] | null = () => null) {
  const times: number[] = []
  const change: RecordsPort['change'] = async () => {
    const kind = fails(times.push(now()))
    if (kind !== null) throw new RecordsFault(kind, kind)
  }
  const port: RecordsPort = {
    hostedZones: async () => ({ zones: [], next: null }),
    recordSets: async (...of) => {
      await change('', [], of[2])
      return { sets: [], next: null }
    },
    nameServers: async () => [],
    change,
  }
  return { port, times }
}

/** A clock that moves only when somebody waits. */
function standing() {
  let now = 0
  return {
    clock: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
}

const change = (calls: ReturnType<typeof pacedCalls>) => calls.change('Z1', [])

test('the rate is kept, whoever calls, by a real clock', measuresTime, async () => {
  const { port, times } = portWith(() => performance.now())
  const calls = pacedCalls(port, { endsAt: clock() + 60_000, rate: 100 }, { clock, sleep })
  await Promise.all(Array.from({ length: 20 }, () => change(calls)))
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(180)
})

test('being throttled halves the rate for all that follows, and is tried again', async () => {
  const time = standing()
  const { port, times } = portWith(time.clock, call => (call === 3 ? 'throttled' : null))
  const calls = pacedCalls(port, { endsAt: 60_000, rate: 10 }, time)
  for (let n = 0; n < 5; n++) await change(calls)
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(gaps.slice(0, 2)).toEqual([100, 100])
  expect(Math.min(...gaps.slice(2))).toBeGreaterThanOrEqual(200)
})

test('a lost change is not asked for again, lost reading is; refusals are not repeated', async () => {
  const time = standing()
  const lost = portWith(time.clock, call => (call < 3 ? 'lost' : null))
  const calls = pacedCalls(lost.port, { endsAt: 60_000, rate: 10 }, time)
  await expect(change(calls)).rejects.toMatchObject({ kind: 'lost' })
  await calls.recordSets('Z1', { name: 'a.', type: null, identifier: null })
  expect(lost.times).toHaveLength(3)
  const refused = portWith(time.clock, () => 'refused')
  await expect(change(pacedCalls(refused.port, { endsAt: 60_000, rate: 10 }, time))).rejects.toThrow('refused')
  expect(refused.times).toHaveLength(1)
})

test('nothing is started after the end', async () => {
  const time = standing()
  const { port, times } = portWith(time.clock)
  const calls = pacedCalls(port, { endsAt: 1000, rate: 4 }, time)
  const ends = await Promise.allSettled(Array.from({ length: 6 }, () => change(calls)))
  expect(times).toHaveLength(4)
  expect(ends.slice(4)).toMatchObject([
    { reason: { message: 'time ran out before it was pushed' } },
    { status: 'rejected' },
  ])
})
