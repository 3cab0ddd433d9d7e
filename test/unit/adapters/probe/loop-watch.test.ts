import { expect, test } from 'vitest'
import { watchLoop } from '../../../../functions/adapters/probe/loop-watch.ts'
import { sleep } from '../../../../functions/adapters/time/clock.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

function block(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until) {
    // The event loop is busy.
  }
}

test('a blocked loop is late by about the block, one at rest by little', measuresTime, async () => {
  const resting = watchLoop()
  await sleep(50)
  const rested = resting.end()
  const blocked = watchLoop()
  await sleep(20)
  block(300)
  await sleep(20)
  const { worstMs } = blocked.end()
  expect(Number.isInteger(worstMs)).toBe(true)
  expect(rested.worstMs).toBeLessThan(250)
  expect(worstMs).toBeGreaterThanOrEqual(295)
  expect(blocked.end().worstMs).toBe(worstMs)
})

test('one hiccup is not often, three are', measuresTime, async () => {
  const watch = watchLoop()
  for (let round = 0; round < 3; round++) {
    block(120)
    await sleep(15)
  }
  const { oftenMs, worstMs } = watch.end()
  expect(oftenMs).toBeGreaterThanOrEqual(115)
  expect(worstMs).toBeGreaterThanOrEqual(oftenMs)
  expect(watchLoop().end()).toEqual({ worstMs: 0, oftenMs: 0 })
})

test('the lag around a probe is that of its own time, before the next beat too', measuresTime, async () => {
  const watch = watchLoop()
  const before = watch.read().nowMs
  block(200)
  expect(watch.lagMs(before, watch.read().nowMs)).toBeGreaterThanOrEqual(200)
  await sleep(20)
  const after = watch.read().nowMs
  expect(watch.lagMs(before, after)).toBeGreaterThanOrEqual(200)
  expect(watch.lagMs(before - 1000, before - 900)).toBe(0)
  block(100)
  await sleep(20)
  const lag = watch.lagMs(after, watch.read().nowMs)
  expect(lag).toBeGreaterThanOrEqual(100)
  watch.end()
})

test('the worst four delays count together: a probe waits for the loop a few times', measuresTime, async () => {
  const watch = watchLoop()
  const from = watch.read().nowMs
  for (let round = 0; round < 5; round++) {
    block(40)
    await sleep(15)
  }
  const to = watch.read().nowMs
  expect(watch.lagMs(from, to)).toBeGreaterThanOrEqual(160)
  expect(watch.lagMs(from, to)).toBeLessThan(to - from)
  watch.end()
})

test('a loop that waits is idle, one that works is not', measuresTime, async () => {
  const { read, end } = watchLoop()
  await sleep(1)
  const start = read()
  block(60)
  const worked = read()
  await sleep(60)
  const waited = read()
  end()
  expect(worked.nowMs - start.nowMs).toBeGreaterThanOrEqual(60)
  expect(worked.idleMs - start.idleMs).toBeLessThan(10)
  expect(waited.idleMs - worked.idleMs).toBeGreaterThan(5)
  expect(waited.idleMs - worked.idleMs).toBeLessThanOrEqual(waited.nowMs - worked.nowMs)
})
