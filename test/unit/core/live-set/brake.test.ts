import { describe, expect, test } from 'vitest'
import { historyOf } from '../../../../functions/core/history/history.ts'
import { noCircumstances, type Run, type Verdict } from '../../../../functions/core/history/run.ts'
import { type Braked, brakeWords, brakingOf } from '../../../../functions/core/live-set/brake.ts'
import { type RunMember, runAgo } from '../../../helpers/core.ts'

const letters = (count: number) => [...'abcdefghij'.slice(0, count)]
const confirmed: Verdict = { verdict: 'confirmed', votes: [{ region: 'eu-west-1', outcome: 'timeout' }] }

function member(name: string, fails: boolean, changes: Partial<Braked> = {}): Braked {
  return { name, wasIn: true, assessed: { judgement: fails ? 'fail' : 'pass' }, verdict: null, ...changes }
}

/** Cycles of the last minutes, the newest last, in which these edges failed. */
function failedIn(cycles: string[], all: string[]): Run[] {
  return cycles.map((failed, at) => {
    const edges = Object.fromEntries(
      all.map((name): [string, RunMember] => [name, failed.includes(name) ? 'timeout' : 0.1]),
    )
    return runAgo((cycles.length - at) * 60, edges)
  })
}

const brakedBy = (edges: Braked[], runs: Run[], brake: number, brake_cycles = 1) =>
  brakingOf(
    edges,
    edges.filter(({ wasIn }) => wasIn).map(({ name }) => name),
    historyOf(runs, 2000),
    { brake, brake_cycles },
  )

describe('the brake (behaviour §10.3)', () => {
  test.each(letters(10).map((_, at) => at + 1))('of %i members, more than the share and at least two', count => {
    const all = letters(count)
    for (const brake of [0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.99, 1]) {
      for (let failing = 0; failing <= count; failing++) {
        const edges = all.map((name, at) => member(name, at < failing))
        // In whole hundredths, as no quotient is exact.
        const isMore = failing * 100 > Math.round(brake * 100) * count
        expect(brakedBy(edges, [], brake).isBraked, `${failing} of ${count}, ${brake}`).toBe(
          brake > 0 && isMore && failing >= 2,
        )
      }
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('a failure is fresh for %i cycles, this one included', brakeCycles => {
    const all = ['a', 'b']
    for (let earlier = 0; earlier <= 12; earlier++) {
      const runs = failedIn(['', ...Array(earlier).fill('ab')], all)
      const found = brakedBy(
        all.map(name => member(name, true)),
        runs,
        0.5,
        brakeCycles,
      )
      expect(found.isBraked, `${earlier} before`).toBe(earlier + 1 <= brakeCycles)
    }
  })

  test('a share that no fraction hits exactly is not more than itself', () => {
    const all = Array.from({ length: 100 }, (_, at) => `e${at}`)
    expect(
      brakedBy(
        all.map((name, at) => member(name, at < 29)),
        [],
        0.29,
      ).isBraked,
    ).toBe(false)
    expect(
      brakedBy(
        all.map((name, at) => member(name, at < 30)),
        [],
        0.29,
      ).isBraked,
    ).toBe(true)
  })

  test('members that failed before do not count, and hold nobody', () => {
    const edges = ['a', 'b', 'c', 'd'].map(name => member(name, name !== 'd'))
    expect(brakedBy(edges, failedIn(['', 'ab'], ['a', 'b', 'c', 'd']), 0.5)).toEqual({ fresh: ['c'], isBraked: false })
  })

  test('one that passed in between fails afresh, and so does one that left the list', () => {
    const edges = ['a', 'b'].map(name => member(name, true))
    expect(brakedBy(edges, failedIn(['ab', ''], ['a', 'b']), 0.5).isBraked).toBe(true)
    expect(
      brakedBy(
        edges,
        failedIn(['ab', ''], ['a', 'b'])
          .slice(0, 1)
          .concat(runAgo(30, { c: 0.1 })),
        0.5,
      ).isBraked,
    ).toBe(true)
  })

  test('edges out of the live set and disputed ones do not count', () => {
    const edges = [member('a', true), member('b', true, { wasIn: false }), member('c', false)]
    expect(brakedBy(edges, [], 0.1).fresh).toEqual(['a'])
  })

  test('confirmed ones do not count, in this cycle and while they fail', () => {
    const edges = ['a', 'b'].map(name => member(name, true))
    const now = [member('a', true), member('b', true, { verdict: confirmed })]
    expect(brakedBy(now, [], 0.1)).toEqual({ fresh: ['a'], isBraked: false })
    const [before, then] = failedIn(['', 'ab'], ['a', 'b']) as [Run, Run]
    const found = { ...then, circumstances: { ...noCircumstances, verdicts: new Map([['b', confirmed]]) } }
    expect(brakedBy(edges, [before, found], 0.1, 3)).toEqual({ fresh: ['a'], isBraked: false })
  })
})

test('it says why it holds, and for how long', () => {
  const braking = { fresh: ['a', 'b', 'c'], isBraked: true }
  expect(brakeWords(braking, 4, { brake_cycles: 1 }, { isExcepted: false })).toBe(
    '3 of 4 live edges failed at once and the brake holds the set for up to 1 cycle',
  )
  expect(brakeWords(braking, 4, { brake_cycles: 3 }, { isExcepted: false })).toMatch(/for up to 3 cycles$/)
  expect(brakeWords(braking, 4, { brake_cycles: 3 }, { isExcepted: true })).toBe(
    '3 of 4 live edges failed at once, but the set changes all the same for an order or an edge that left the list',
  )
})
