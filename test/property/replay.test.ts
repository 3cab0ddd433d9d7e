import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { isFailure, isPassing, type OrderedMode } from '../../functions/core/domain/model.ts'
import { entryOf } from '../../functions/core/history/history.ts'
import type { Run } from '../../functions/core/history/run.ts'
import { replay } from '../../functions/core/replay/replay.ts'
import type { Course, Outcome } from '../../functions/core/replay/track.ts'
import { network } from '../helpers/core.ts'
import { partOf } from '../helpers/part.ts'
import { recordedOf, replayInput, type Script } from '../helpers/recorded.ts'

vi.setConfig({ testTimeout: 120_000 })

const edges = 'abcde'
const settings = fc.record({
  edge_count: fc.integer({ min: 1, max: 4 }),
  down_after: fc.integer({ min: 1, max: 3 }),
  up_after: fc.integer({ min: 1, max: 3 }),
  stay_factor: fc.constantFrom(1, 2),
  rotation: fc.constantFrom('minimal' as const, 'reselect' as const),
  on_shortage: fc.constantFrom('keep' as const, 'shrink' as const),
  dnschange_maxfreq: fc.constantFrom(0, 1, 2, 10),
  history: fc.record({ samples: fc.constantFrom(1, 3, 2000), window: fc.constantFrom(0, 60, 300) }),
})
const mode = fc.constantFrom<OrderedMode>('force', 'blindforce', 'unavailable')
const script: fc.Arbitrary<Script> = fc.integer({ min: 1, max: 12 }).chain(cycles => {
  const letters = fc
    .array(fc.constantFrom('.', '.', '.', '.', '4', '6', '9', 'x', 'x', '-'), { minLength: cycles, maxLength: cycles })
    .map(all => all.join(''))
  return fc.record({
    probes: fc.record(Object.fromEntries([...edges].map(edge => [edge, letters]))),
    orders: fc.dictionary(
      fc.nat(cycles - 1).map(String),
      fc.dictionary(fc.constantFrom(...edges), mode, { maxKeys: 2 }),
    ),
    frozen: fc.uniqueArray(fc.nat(cycles - 1), { maxLength: 2 }),
    gone: fc.dictionary(fc.constantFrom('d', 'e'), fc.nat(cycles), { maxKeys: 1 }),
    intervalSeconds: fc.constantFrom(30, 60, 90, 600),
  })
})
const sweeps = ['down_after=1,2', 'edge_count=1,3']

/** The live set of a course after a cycle. */
const liveAt = ({ sets }: Course, time: number) => sets.findLast(set => set.time <= time)?.live ?? []

/** Exposure and short minutes, counted plainly: over samples and live sets. */
function plainCount(runs: readonly Run[], { course }: Outcome, first: readonly string[]) {
  let exposureMinutes = 0
  const failing = (run: Run, edge: string) => {
    const outcome = entryOf(run, 'edge', edge)?.outcome
    return outcome !== undefined && isFailure(outcome)
  }
  for (const [at, run] of runs.entries()) {
    const previous = runs[at - 1]
    const before = previous === undefined ? first : liveAt(course, previous.time)
    const minutes = Math.min(2, ((runs[at + 1]?.time ?? run.time + 60_000) - run.time) / 60_000)
    exposureMinutes += minutes * before.filter(edge => failing(run, edge)).length
  }
  return { exposureMinutes, rotations: course.rotations.length }
}

test('unchanged settings give what is recorded, wherever the replay begins; exposure is a plain count', () => {
  fc.assert(
    fc.property(settings, script, fc.nat(11), (changes, told, first) => {
      const net = network(edges, { ...changes, min_edges: 1 })
      const recorded = recordedOf(net, told)
      const from = Math.min(first, Math.max(0, recorded.runs.length - 1))
      const input = replayInput(net, recorded, ...sweeps)
      const runs = recorded.runs.slice(from)
      const found = replay({ ...input, runs, earlier: recorded.runs.slice(0, from) })
      expect(found.faithful).toEqual({ cycles: runs.length, alike: runs.length, first: null, unknownOrders: 0 })
      const begins = runs[0] === undefined ? [] : beginsWith(recorded, runs[0])
      for (const outcome of [found.was, ...found.alternatives]) {
        expect(outcome.metrics).toMatchObject(plainCount(runs, outcome, begins))
      }
    }),
    { numRuns: partOf(800) },
  )
})

/** The live set before a cycle, as the cycle itself saw it. */
function beginsWith({ decisions }: ReturnType<typeof recordedOf>, run: Run): readonly string[] {
  return decisions.find(({ run: own }) => own?.time === run.time)?.liveSet.recorded ?? []
}

test('a live edge of a recorded cycle is counted short only if it does not pass', () => {
  fc.assert(
    fc.property(script, told => {
      const net = network(edges)
      const recorded = recordedOf(net, { ...told, orders: {}, frozen: [] })
      const { was } = replay(replayInput(net, recorded))
      const short = recorded.runs.map((run, at) => {
        const minutes = Math.min(2, ((recorded.runs[at + 1]?.time ?? run.time + 60_000) - run.time) / 60_000)
        const passing = run.roster.edges.filter(edge => {
          const entry = entryOf(run, 'edge', edge)
          return entry?.live === true && isPassing(entry.judgement)
        })
        return passing.length < Math.min(2, run.roster.edges.length) ? minutes : 0
      })
      expect(was.metrics.shortMinutes).toBeCloseTo(short.reduce((sum, one) => sum + one, 0))
    }),
    { numRuns: partOf(400) },
  )
})
