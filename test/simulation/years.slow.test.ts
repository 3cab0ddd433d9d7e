import { expect, test, vi } from 'vitest'
import { partOf } from '../helpers/part.ts'
import { simulateMany } from './many.ts'
import { summaryOf } from './summary.ts'

vi.setConfig({ testTimeout: 1_200_000 })

const worlds = partOf(200)

test(`in ${worlds} worlds of 100 cycles, with every fault, no promise is broken`, async () => {
  const started = performance.now()
  const { counts, broken } = await simulateMany(1, worlds, 100)
  process.stdout.write(`${summaryOf(counts, worlds, (performance.now() - started) / 1000)}\n`)
  expect(broken).toBeNull()
  expect(counts.cycles).toBe(100 * worlds)
  const seen = [counts.killed, counts.paused, counts.overlaps, counts.rotations, counts.replayed]
  expect(Math.min(...seen)).toBeGreaterThan(worlds / 2)
})
