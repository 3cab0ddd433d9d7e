import { describe, expect, test } from 'vitest'
import {
  appendRun,
  emptyHistory,
  entryOf,
  type History,
  historyOf,
  totalOf,
  trimHistory,
  windowTotal,
  withoutNewest,
} from '../../../../functions/core/history/history.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { streakOf } from '../../../../functions/core/history/streak.ts'
import { noSamples } from '../../../../functions/core/history/total.ts'
import { now, runAgo } from '../../../helpers/core.ts'

function totalsOf({ edges, canaries }: History) {
  return { edges: new Map(edges), canaries: new Map(canaries) }
}

test('runs of the same members share one roster, so that thousands of kept runs stay small', () => {
  const [one, alike, other] = [runAgo(120, { a: 1 }), runAgo(60, { a: 2 }), runAgo(0, { a: 1, b: 1 })]
  const { runs } = [one, alike, other].reduce((history: History, run) => appendRun(history, run, 9), emptyHistory)
  expect(runs[1]?.roster).toBe(one.roster)
  expect(runs).toEqual([one, alike, other])
})

test('a run that another has overtaken stands where its start puts it, as if it were read from the table', () => {
  const [first, overtaken, last] = [runAgo(120, { a: 1 }), runAgo(60, { a: 2 }), runAgo(0, { a: 3 })]
  const grown = [first, last, overtaken].reduce((history: History, run) => appendRun(history, run, 2), emptyHistory)
  expect(grown).toEqual(historyOf([first, overtaken, last], 2))
})

describe('kept samples (behaviour §2.1)', () => {
  const runs = [
    runAgo(240, { a: 0.1, b: 0.4 }, { '192.0.2.101': 1 }),
    runAgo(180, { a: 0.2, b: 'timeout' }, { '192.0.2.101': 'skipped' }),
    runAgo(120, { a: 'skipped' }),
    runAgo(60, { a: 0.3, b: 'refused' }, { '192.0.2.101': 3 }, 5),
  ]

  test('are those of the newest recorded cycles, in whatever order they are read', () => {
    const history = historyOf([...runs].reverse(), 3)
    expect(history.runs.map(run => run.time)).toEqual([now - 180_000, now - 120_000, now - 60_000])
    expect(totalOf(history, 'edge', 'a')).toEqual({ sumMicros: 500_000, count: 2 })
  })

  test('a failed probe counts as the timeout of its own cycle, a skipped one not at all (behaviour §2.2)', () => {
    const history = historyOf(runs, 2000)
    expect(totalOf(history, 'edge', 'b')).toEqual({ sumMicros: 400_000 + 10_000_000 + 5_000_000, count: 3 })
    expect(totalOf(history, 'edge', 'a')).toEqual({ sumMicros: 600_000, count: 3 })
    expect(totalOf(history, 'canary', '192.0.2.101')).toEqual({ sumMicros: 4_000_000, count: 2 })
    expect(totalOf(history, 'edge', 'nobody')).toEqual(noSamples)
  })

  test('without the newest cycle are what the others give, also where sums are kept elsewhere, and where there is none', () => {
    for (let count = 0; count <= runs.length; count++) {
      const history = historyOf(runs.slice(0, count), 2000)
      const others = historyOf(runs.slice(0, Math.max(0, count - 1)), 2000)
      expect(withoutNewest(history)).toEqual(others)
      const sums = { all: () => noSamples, window: () => noSamples }
      expect(withoutNewest({ runs: history.runs, edges: new Map(), canaries: new Map(), sums })).toEqual(others)
    }
  })

  test('edges and canaries share none, even under one name (behaviour §2.4)', () => {
    const history = historyOf([runAgo(60, { '192.0.2.1': 0.1 }, { '192.0.2.1': 0.4 })], 2000)
    expect(totalOf(history, 'edge', '192.0.2.1').sumMicros).toBe(100_000)
    expect(totalOf(history, 'canary', '192.0.2.1').sumMicros).toBe(400_000)
  })

  test.each([1, 2, 3, 100])('run by run or all at once is the same, keeping %d', keep => {
    const grown = runs.reduce((history: History, run) => appendRun(history, run, keep), emptyHistory)
    const read = historyOf(runs, keep)
    expect(grown.runs).toEqual(read.runs)
    expect(totalsOf(grown)).toEqual(totalsOf(read))
  })

  test('appending and trimming leave what they were given as it was', () => {
    const history = historyOf(runs, 2000)
    const copy = structuredClone(totalsOf(history))
    appendRun(history, runAgo(0, { a: 1 }), 2)
    expect(trimHistory(history, 2).runs).toHaveLength(2)
    expect(history.runs).toHaveLength(4)
    expect(totalsOf(history)).toEqual(copy)
    expect(trimHistory(history, 4)).toBe(history)
  })

  test('entries that cannot be read are no samples', () => {
    const run: Run = { ...runAgo(60, { a: 0.1, b: 0.1 }), entries: Uint32Array.of(0x0f_000000) }
    const history = historyOf([run], 2000)
    expect(totalOf(history, 'edge', 'a')).toEqual(noSamples)
    expect(totalOf(history, 'edge', 'b')).toEqual(noSamples)
    expect(entryOf(run, 'edge', 'a')).toBeNull()
    expect(entryOf(run, 'edge', 'b')).toBeNull()
  })
})

describe('the window (behaviour §2.2)', () => {
  const runs = [
    runAgo(300.001, { a: 9 }),
    runAgo(300, { a: 0.2 }),
    runAgo(60, { a: 'skipped' }),
    runAgo(30, { a: 0.4 }),
  ]

  test('holds what is exactly as old as it is long, and nothing older', () => {
    expect(windowTotal(historyOf(runs, 2000), 'edge', 'a', now, 300)).toEqual({ sumMicros: 600_000, count: 2 })
    expect(windowTotal(historyOf(runs, 2000), 'edge', 'a', now, 299)).toEqual({ sumMicros: 400_000, count: 1 })
  })

  test('ends where the kept samples end', () => {
    expect(windowTotal(historyOf(runs, 1), 'edge', 'a', now, 300)).toEqual({ sumMicros: 400_000, count: 1 })
    expect(windowTotal(emptyHistory, 'edge', 'a', now, 300)).toEqual(noSamples)
    expect(windowTotal(historyOf(runs, 9), 'canary', 'a', now, 300)).toEqual(noSamples)
  })
})

describe('after the clock went back', () => {
  const earlier = [120, 60].map(secondsAgo => ({ ...runAgo(secondsAgo, { a: 0.1 }), age: 1 }))
  const since = [3600, 3540].map(secondsAgo => runAgo(secondsAgo, { a: 'refused' }))

  test('runs stand in the order in which they were recorded, and the newest is the last of them', () => {
    const history = historyOf([...since, ...earlier], 10)
    expect(history.runs).toEqual([...earlier, ...since])
    expect(streakOf(history, 'edge', 'a', 5)).toEqual({ judgement: 'fail', failures: 2, successes: 0 })
    const next = runAgo(3480, { a: 0.1 })
    expect(appendRun(history, next, 10).runs).toEqual([...earlier, ...since, next])
  })

  test('the window is one of times', () => {
    const history = historyOf([...since, ...earlier], 10)
    expect(windowTotal(history, 'edge', 'a', now, 100)).toEqual({ sumMicros: 100_000, count: 1 })
    expect(windowTotal(history, 'edge', 'a', now, 3540)).toEqual({ sumMicros: 10_200_000, count: 3 })
  })

  test('those of the latest times are kept', () => {
    const history = historyOf([...since, ...earlier], 10)
    expect(trimHistory(history, 3).runs.map(run => run.time)).toEqual([now - 120_000, now - 60_000, now - 3_540_000])
    expect(trimHistory(history, 3).edges.get('a')?.count).toBe(3)
    expect(historyOf(history.runs, 3).runs).toEqual(trimHistory(history, 3).runs)
  })
})
