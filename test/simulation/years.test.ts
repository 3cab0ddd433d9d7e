import { expect, test, vi } from 'vitest'
import { measuresTime } from '../helpers/measures-time.ts'
import { simulateMany } from './many.ts'
import { summaryOf } from './summary.ts'

vi.setConfig({ testTimeout: 600_000 })

test('in 10,000 cycles of 100 worlds, with every fault, no promise is broken', measuresTime, async () => {
  const started = performance.now()
  const { counts, broken } = await simulateMany(1, 100, 100)
  process.stdout.write(`${summaryOf(counts, 100, (performance.now() - started) / 1000)}\n`)
  expect(broken).toBeNull()
  expect(counts.cycles).toBe(10_000)
  expect(
    [counts.killed, counts.paused, counts.overlaps, counts.rotations, counts.replayed].every(count => count > 50),
  ).toBe(true)
})
