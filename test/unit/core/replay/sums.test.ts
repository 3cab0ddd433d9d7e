import { expect, test } from 'vitest'
import { historyOf, totalOf, trimHistory, windowTotal } from '../../../../functions/core/history/history.ts'
import type { Run } from '../../../../functions/core/history/run.ts'
import { runningSums } from '../../../../functions/core/replay/sums.ts'
import { now, type RunMember, runAgo } from '../../../helpers/core.ts'

test('running sums are those of a history, whatever is kept of it', () => {
  const runs: Run[] = []
  for (let ago = 1200; ago >= 0; ago -= 60) {
    const how: RunMember = ago % 180 === 0 ? 'timeout' : ago % 420 === 0 ? 'skipped' : ago / 1000 + 0.1
    runs.push(runAgo(ago, ago > 600 ? { a: how, b: 0.2 } : { b: how, c: 0.3 }))
  }
  for (const samples of [1, 3, 12, 100]) {
    const sums = runningSums([...new Map(runs.map(({ roster }) => [roster.id, roster])).values()], [60, 300, 60])
    for (const [at, run] of runs.entries()) {
      expect(sums.moveTo(run.time, samples)).toBe(0)
      const plain = trimHistory(historyOf(runs.slice(0, at), 2000), samples)
      const kept = { ...plain, sums }
      expect(trimHistory(kept, 1)).toBe(kept)
      for (const edge of ['a', 'b', 'c', 'd']) {
        expect(totalOf(kept, 'edge', edge)).toEqual(totalOf(plain, 'edge', edge))
        for (const window of [60, 300]) {
          const expected = windowTotal(plain, 'edge', edge, run.time, window)
          expect(windowTotal(kept, 'edge', edge, run.time, window)).toEqual(expected)
        }
      }
      sums.add(run, 86_400)
    }
  }
})

test('what the table has given up is not counted', () => {
  const run = runAgo(100, { a: 0.1 })
  const sums = runningSums([run.roster], [3600])
  sums.add(run, 90)
  expect([sums.moveTo(now - 11_000, 10), sums.all('edge', 'a').count]).toEqual([0, 1])
  expect([sums.moveTo(now - 10_000, 10), sums.all('edge', 'a').count]).toEqual([1, 0])
  expect([sums.moveTo(now, 10), sums.window('edge', 'a', 3600).count]).toEqual([1, 0])
})
