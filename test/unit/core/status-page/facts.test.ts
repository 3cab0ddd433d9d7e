import { expect, test } from 'vitest'
import { defaultSpans, seen } from '../../../../functions/core/status-page/facts.ts'
import { network, now, runAgo, stateBefore } from '../../../helpers/core.ts'

test('the usual spans end now, and show a cycle of this very moment', () => {
  const spans = defaultSpans(now)
  expect(spans.map(({ from, slots }) => [(now - from) / 3_600_000, slots])).toEqual([
    [2, 120],
    [33, 132],
  ])
  expect(spans.every(({ to }) => to > now)).toBe(true)
})

test('fewer edges than edge_count: as many are wanted as there are', () => {
  const stored = stateBefore({ runs: [runAgo(0, { a: 0.1 })] })
  const facts = { network: network('a'), stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] }
  expect(seen(facts).wanted).toBe(1)
  expect(seen(facts).last?.time).toBe(now)
})
