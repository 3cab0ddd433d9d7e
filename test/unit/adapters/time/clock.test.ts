import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { clock, sleep } from '../../../../functions/adapters/time/clock.ts'
import { measuresTime } from '../../../helpers/measures-time.ts'

test('the clock counts whole milliseconds', measuresTime, () => {
  const before = Date.now()
  const now = clock()
  expect(Number.isInteger(now)).toBe(true)
  expect(now - before).toBeLessThan(1000)
})

test('sleep is never early, whatever else wakes the loop', measuresTime, async () => {
  const busy = setInterval(() => {}, 1)
  for (let round = 0; round < 50; round++) {
    const started = performance.now()
    await sleep(2)
    expect(performance.now() - started).toBeGreaterThanOrEqual(2)
  }
  clearInterval(busy)
})

test.each([0, -5, Number.NaN])('%d milliseconds are over at once', measuresTime, async ms => {
  const started = performance.now()
  await sleep(ms)
  expect(performance.now() - started).toBeLessThan(500)
})

test('a signal ends a sleep of months, and nothing stays behind', async () => {
  const controller = new AbortController()
  const months = sleep(90 * 86_400_000, controller.signal)
  const first = await Promise.race([months.then(() => 'over'), sleep(20).then(() => 'still asleep')])
  expect(first).toBe('still asleep')
  controller.abort()
  await months
  await sleep(5000, controller.signal)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
})

test('a hundred who sleep until one signal make no noise, and all wake', async () => {
  const warnings: string[] = []
  const hear = (warning: Error) => warnings.push(warning.name)
  process.on('warning', hear)
  const controller = new AbortController()
  const all = Array.from({ length: 100 }, () => sleep(60_000, controller.signal))
  await Promise.all(Array.from({ length: 100 }, () => sleep(1, controller.signal)))
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
  controller.abort()
  await Promise.all(all)
  process.off('warning', hear)
  expect(warnings).toEqual([])
})
