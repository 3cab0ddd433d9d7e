import { expect, test, vi } from 'vitest'
import { simulateMany } from './many.ts'
import { summaryOf } from './summary.ts'

vi.setConfig({ testTimeout: 600_000 })

test('in 3,000 cycles of 50 worlds whose clocks jump, hours and years, both ways, no promise is broken', async () => {
  const started = performance.now()
  const { counts, broken } = await simulateMany(501, 50, 60, { clocks: true })
  process.stdout.write(`${summaryOf(counts, 50, (performance.now() - started) / 1000)}\n`)
  expect(broken).toBeNull()
  expect([counts.clocksSet, counts.killed, counts.overlaps, counts.rotations].every(count => count > 50)).toBe(true)
})
