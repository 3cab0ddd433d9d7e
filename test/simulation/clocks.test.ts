import { expect, test, vi } from 'vitest'
import { partOf } from '../helpers/part.ts'
import { simulateMany } from './many.ts'
import { summaryOf } from './summary.ts'

vi.setConfig({ testTimeout: 600_000 })

const worlds = partOf(60)

test(`in ${worlds} worlds whose clocks jump, hours and years, both ways, no promise is broken`, async () => {
  const started = performance.now()
  const { counts, broken } = await simulateMany(501, worlds, 60, { clocks: true })
  process.stdout.write(`${summaryOf(counts, worlds, (performance.now() - started) / 1000)}\n`)
  expect(broken).toBeNull()
  expect(Math.min(counts.clocksSet, counts.killed, counts.overlaps, counts.rotations)).toBeGreaterThan(worlds)
})
