import { expect, test } from 'vitest'
import { emptyHistory, historyOf } from '../../../functions/core/history/history.ts'
import type { Run } from '../../../functions/core/history/run.ts'
import type { Journal, Overview } from '../../../functions/cycle/ports/journal.ts'
import { statusFacts } from '../../../functions/cycle/status-facts.ts'
import { createStatusMemory } from '../../../functions/cycle/status-memory.ts'
import { now, runAgo } from '../../helpers/core.ts'
import { networkOf, World } from '../../helpers/world.ts'

const network = networkOf(['a', 'b'])

/** A journal of these runs, that says how many of them were read. */
async function journalOf(runs: Run[]) {
  const stored = await new World().table.peek('net', 1)
  const read: { runs: number; zones: boolean }[] = []
  const rotations: number[] = []
  const journal: Journal = {
    overview: async (_network, samples, { zones = true } = {}) => {
      read.push({ runs: Math.min(samples, runs.length), zones })
      const history = runs.length === 0 ? emptyHistory : historyOf(runs, samples)
      const lastCycle = runs.at(-1)?.time ?? null
      const seen = { ...stored, history, rotations: [...rotations] }
      return { stored: seen, leaseUntil: null, lastStart: lastCycle, lastCycle, lastStatus: 'ok' } as Overview
    },
    rotations: async () => rotations.map(time => ({ time, in: [], out: [] })),
    log: async () => [],
    configurations: async () => [],
    availableSince: async () => new Map(),
    hours: async () => [],
    runs: async () => [],
  }
  return { journal, read, rotations }
}

const runs = (count: number) => Array.from({ length: count }, (_, at) => runAgo(60 * (count - at), { a: 0.1, b: 0.2 }))

test('the first look reads everything, later ones what came since; both tell the same', async () => {
  const kept = runs(500)
  const { journal, read, rotations } = await journalOf(kept)
  const look = createStatusMemory(network, journal)
  await look(now, [])
  expect(read.splice(0)).toEqual([{ runs: 500, zones: true }])
  await look(now + 10_000, [])
  expect(read.splice(0)).toEqual([{ runs: 5, zones: false }])
  kept.push(runAgo(0, { a: 0.3, b: 'timeout' }))
  rotations.push(now)
  const later = await look(now + 20_000, [])
  expect(read.splice(0).map(one => one.runs)).toEqual([5, 5])
  const { stored, ...rest } = later
  const { stored: whole, ...others } = await statusFacts(network, journal, now + 20_000, [])
  expect(rest).toEqual(others)
  expect(stored.history).toEqual(whole.history)
})

test.each([
  ['an overlap that is missing', (kept: Run[]) => kept.splice(-40)],
  ['another clock', (kept: Run[]) => kept.push({ ...runAgo(30, { a: 0.1, b: 0.1 }), age: 1 })],
])('%s: everything is read again', async (_what, change) => {
  const kept = runs(500)
  const { journal, read } = await journalOf(kept)
  const look = createStatusMemory(network, journal)
  await look(now, [])
  change(kept)
  read.splice(0)
  const { stored } = await look(now + 10_000, [])
  expect(read.at(-1)).toEqual({ runs: kept.length, zones: true })
  expect(stored.history.runs).toHaveLength(kept.length)
})

test('without a recorded cycle, or after a long time, every look is a first one', async () => {
  const { journal, read } = await journalOf([])
  const look = createStatusMemory(network, journal)
  await look(now, [])
  await look(now, [])
  expect(read.map(({ zones }) => zones)).toEqual([true, true])
  const many = await journalOf(runs(5))
  const late = createStatusMemory(network, many.journal)
  await late(now, [])
  await late(now + 3 * 86_400_000, [])
  expect(many.read).toEqual([
    { runs: 5, zones: true },
    { runs: 5, zones: true },
  ])
})
