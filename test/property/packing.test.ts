import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgements, outcomes } from '../../functions/core/domain/model.ts'
import { appendRun, emptyHistory, type History, historyOf, trimHistory } from '../../functions/core/history/history.ts'
import { packEntry, unpackEntry } from '../../functions/core/history/run.ts'
import { arbitraryTold } from '../helpers/arbitraries.ts'
import { type RunMember, runAgo } from '../helpers/core.ts'

const entry = fc.record({
  outcome: fc.constantFrom(...outcomes),
  judgement: fc.constantFrom(...judgements, null),
  micros: fc.integer({ min: 0, max: 15_000_000 }),
  live: fc.boolean(),
})

test('an entry comes back from its 32 bits as it was', () => {
  fc.assert(
    fc.property(entry, given => {
      const word = packEntry(given)
      expect(Uint32Array.of(word)[0]).toBe(word)
      expect(unpackEntry(word, null)).toEqual(given)
    }),
    { numRuns: 2000 },
  )
})

test('whatever 32 bits hold, reading them throws nothing, and what is read packs to the same bits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), word => {
      for (const timeoutMicros of [null, 2_000_000]) {
        const found = unpackEntry(word, timeoutMicros)
        if (found !== null) expect(packEntry(found)).toBe(word)
      }
    }),
    { numRuns: 2000 },
  )
})

const cycles = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), arbitraryTold), { maxLength: 8 })

test('a history grown run by run, read at once, or read in any order is the same', () => {
  fc.assert(
    fc.property(cycles, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 9 }), (given, keep, fewer) => {
      const runs = given.map((edges, at) => runAgo(60 * (given.length - at), edges as Record<string, RunMember>))
      const grown = runs.reduce((history: History, run) => appendRun(history, run, keep), emptyHistory)
      expect(historyOf(runs, keep)).toEqual(grown)
      expect(historyOf([...runs].reverse(), keep)).toEqual(grown)
      const newest = fewer === 0 ? emptyHistory : historyOf(grown.runs, fewer)
      expect(trimHistory(grown, fewer)).toEqual(newest)
    }),
    { numRuns: 1000 },
  )
})
