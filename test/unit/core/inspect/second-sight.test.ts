import { describe, expect, test } from 'vitest'
import { historyOf } from '../../../../functions/core/history/history.ts'
import { noCircumstances, type Run, type Verdict } from '../../../../functions/core/history/run.ts'
import { runsToLookAt, secondSightOf, secondSightWords } from '../../../../functions/core/inspect/second-sight.ts'
import { type RunMember, runAgo } from '../../../helpers/core.ts'
import { settingsOf } from '../../../helpers/world.ts'

const ok = { how: 0.1, live: true }
const down = { how: 'timeout', live: true } as const
const kept = { how: 'timeout', judgement: 'pass', live: true } as const
const votes = [{ region: 'eu-west-1', outcome: 'ok' as const }]

function cycle(
  minutes: number,
  edges: Record<string, RunMember>,
  verdicts: Record<string, Verdict['verdict']> = {},
): Run {
  const found = new Map(Object.entries(verdicts).map(([edge, verdict]) => [edge, { verdict, votes }]))
  return { ...runAgo(minutes * 60, edges), circumstances: { ...noCircumstances, verdicts: found } }
}
const sight = (runs: Run[], settings = {}) =>
  secondSightOf({ history: historyOf(runs, 100) }, settingsOf({ brake: 0.5, ...settings }))

describe('the newest recorded cycle', () => {
  test('says nothing where there is none, or nothing happened', () => {
    expect(sight([])).toEqual({ braked: null, disputed: [] })
    expect(sight([cycle(1, { a: ok, b: ok })])).toEqual({ braked: null, disputed: [] })
  })

  test('was braked where too many live edges had failed at once, for as long as they are fresh', () => {
    const before = cycle(2, { a: ok, b: ok })
    const failed = cycle(1, { a: down, b: down })
    expect(sight([before, failed]).braked).toMatch(/^2 of 2 live edges failed at once/)
    expect(sight([cycle(3, { a: ok, b: ok }), cycle(2, { a: down, b: down }), failed]).braked).toBeNull()
    expect(
      sight([cycle(3, { a: ok, b: ok }), cycle(2, { a: down, b: down }), failed], { brake_cycles: 2 }).braked,
    ).not.toBeNull()
    expect(sight([before, failed], { brake: 0 }).braked).toBeNull()
    expect(sight([before, cycle(1, { a: down, b: down }, { a: 'confirmed' })]).braked).toBeNull()
    expect(sight([before, { ...failed, circumstances: null }]).braked).not.toBeNull()
  })

  test('was braked and changed all the same, where an order asked for that', () => {
    const out = { ...down, live: false }
    expect(sight([cycle(2, { a: ok, b: ok }), cycle(1, { a: out, b: down })]).braked).toBe(
      '2 of 2 live edges failed at once, but the set changes all the same for an order or an edge that left the list',
    )
  })

  test('knows who is disputed, by name', () => {
    expect(
      sight([cycle(2, { c: kept, a: kept }, { a: 'disputed', c: 'disputed' }), cycle(1, { c: kept, a: kept })])
        .disputed,
    ).toEqual(['a', 'c'])
    expect(sight([cycle(2, { a: kept }, { a: 'disputed' }), cycle(1, { a: ok })]).disputed).toEqual([])
  })

  test('an edge that came with it was not live before', () => {
    expect(sight([cycle(2, { a: ok }), cycle(1, { a: down, b: { ...down, judgement: null } })]).braked).toBeNull()
  })
})

test('one cycle is enough where nothing of it is configured', () => {
  expect(runsToLookAt({ brake: 0, vantages: [] })).toBe(1)
  expect(runsToLookAt({ brake: 0.5, vantages: [] })).toBe(12)
  expect(runsToLookAt({ brake: 0, vantages: ['eu-west-1'] })).toBe(12)
})

test('in words', () => {
  expect(secondSightWords({ braked: null, disputed: [] })).toBeNull()
  expect(secondSightWords({ braked: 'much failed', disputed: ['a'] })).toBe(
    'braked: much failed; disputed: a fails here, answers elsewhere',
  )
  expect(secondSightWords({ braked: null, disputed: ['a', 'b'] })).toBe('disputed: a, b fail here, answer elsewhere')
})
