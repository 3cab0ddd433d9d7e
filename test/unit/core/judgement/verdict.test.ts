import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../../../functions/core/domain/model.ts'
import { historyOf } from '../../../../functions/core/history/history.ts'
import { noCircumstances, type Run, type Verdict, type Vote } from '../../../../functions/core/history/run.ts'
import {
  inquiryOf,
  isFalling,
  type Judged,
  lastingDispute,
  maxAskedEdges,
  standingVerdict,
  verdictOn,
  verdictsOf,
  withVerdict,
} from '../../../../functions/core/judgement/verdict.ts'
import { assessed, type RunMember, runAgo, told } from '../../../helpers/core.ts'

const regions = ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-west-2', 'sa-east-1']
const disputed: Verdict = { verdict: 'disputed', votes: [{ region: 'eu-west-1', outcome: 'ok' }] }
const confirmed: Verdict = { verdict: 'confirmed', votes: [{ region: 'eu-west-1', outcome: 'timeout' }] }

/** A recorded cycle, that many minutes ago, in which vantage points found this. */
function cycle(minutesAgo: number, edges: Record<string, RunMember>, verdicts: Record<string, Verdict> = {}): Run {
  const circumstances = { ...noCircumstances, verdicts: new Map(Object.entries(verdicts)) }
  return { ...runAgo(minutesAgo * 60, edges), circumstances }
}
const history = (...runs: Run[]) => historyOf(runs, 2000)
const kept = { how: 'timeout', judgement: 'pass_threshold' } as const

/** A question about these; too many to be asked about, and those that no vantage point can fetch from. */
const inquiry = (ask: string[], unasked: string[] = [], outOfReach: string[] = []) => ({ ask, unasked, outOfReach })

/** An edge of the live set that fails in this cycle for the first time. */
function falling(name = 'a', changes: Partial<Judged> = {}): Judged {
  const standing = { judgement: 'pass_threshold' as const, failures: 0, successes: 1 }
  return {
    name,
    wasIn: true,
    assessed: assessed({ name, probe: told('timeout'), judgement: 'fail', standing }),
    ...changes,
  }
}

describe('votes (behaviour §10.2)', () => {
  /** Every way in which that many vantage points may vote. */
  function* combinations(count: number): Generator<Outcome[]> {
    if (count === 0) return yield []
    for (const rest of combinations(count - 1))
      for (const one of ['ok', 'timeout', 'skipped'] as const) yield [one, ...rest]
  }

  test.each([0, 1, 2, 3, 4, 5])('all that %i vantage points may say', count => {
    for (const outcomes of combinations(count)) {
      const votes = outcomes.map((outcome, at): Vote => ({ region: String(regions[at]), outcome }))
      const found = verdictsOf(inquiry(['a']), new Map([['a', votes]])).get('a')
      const ok = outcomes.filter(one => one === 'ok').length
      const failed = outcomes.filter(one => one === 'timeout').length + 1
      const cast = ok + failed - 1
      // At least half of the votes, the prober's own among them.
      const expected = cast === 0 ? undefined : ok >= (ok + failed) / 2 ? 'disputed' : 'confirmed'
      expect(found?.verdict, outcomes.join(' ')).toBe(expected)
      expect(found?.votes.length ?? 0).toBe(cast)
    }
  })

  test.each<[string, Outcome[], string | undefined]>([
    ['one that answers is half', ['ok'], 'disputed'],
    ['one of two is less', ['ok', 'refused'], 'confirmed'],
    ['two of three are half', ['ok', 'ok', 'refused'], 'disputed'],
    ['two of four are less', ['ok', 'ok', 'refused', 'refused'], 'confirmed'],
    ['three of five are half', ['ok', 'ok', 'ok', 'refused', 'refused'], 'disputed'],
    ['nobody', ['skipped', 'skipped'], undefined],
  ])('%s', (_, outcomes, verdict) => {
    const votes = outcomes.map((outcome, at) => ({ region: String(regions[at]), outcome }))
    expect(verdictsOf(inquiry(['a']), new Map([['a', votes]])).get('a')?.verdict).toBe(verdict)
  })

  test('an edge without an answer has no verdict', () => {
    expect(verdictsOf(inquiry(['a']), new Map()).size).toBe(0)
  })

  const names = (count: number) => Array.from({ length: count }, (_, at) => `edge${String(at).padStart(2, '0')}`)
  const answers = (asked: readonly string[], ok: number) =>
    new Map(
      asked.map((name, at) => [
        name,
        [{ region: 'eu-west-1', outcome: at < ok ? ('ok' as const) : ('refused' as const) }],
      ]),
    )

  test('of more than 16, the first 16 are asked about, whatever their order', () => {
    const edges = names(20).map(name => falling(name))
    const found = inquiryOf(edges.toReversed(), history())
    expect(found).toEqual(inquiry(names(20).slice(0, maxAskedEdges), names(20).slice(maxAskedEdges)))
  })

  test('who is out of reach takes no place among the 16, and shares what half of them show', () => {
    const edges = names(20).map(name => falling(name))
    const found = inquiryOf(edges, history(), name => name > 'edge02')
    expect(found).toEqual(inquiry(names(20).slice(3, 19), ['edge19'], names(20).slice(0, 3)))
    expect([...verdictsOf(found, answers(found.ask, 8)).keys()].sort()).toEqual(names(20))
    expect(verdictsOf(found, answers(found.ask, 7)).size).toBe(16)
  })

  test.each([
    [16, 8, 8],
    [17, 8, 17],
    [17, 0, 8],
  ])('of %i that would fall, 8 within reach, %i of which answer: %i verdicts', (falls, ok, verdicts) => {
    const [ask, outOfReach] = [names(falls).slice(0, 8), names(falls).slice(8)]
    expect(verdictsOf(inquiry(ask, [], outOfReach), answers(ask, ok)).size).toBe(verdicts)
  })

  test('where nobody could be asked about, nobody is disputed', () => {
    expect(verdictsOf(inquiry([], [], names(20)), new Map()).size).toBe(0)
  })

  test('where half of those are disputed, all that would fall are', () => {
    const ask = names(20).slice(0, 16)
    const unasked = names(20).slice(16)
    const half = verdictsOf(inquiry(ask, unasked), answers(ask, 8))
    expect([...half.keys()].sort()).toEqual(names(20))
    expect([...half.values()].every(({ verdict }) => verdict === 'disputed')).toBe(true)
    expect(half.get('edge19')?.votes).toEqual([])
    const fewer = verdictsOf(inquiry(ask, unasked), answers(ask, 7))
    expect(fewer.size).toBe(16)
    expect([...fewer.values()].filter(({ verdict }) => verdict === 'disputed')).toHaveLength(7)
    expect([...verdictsOf(inquiry(ask, unasked), new Map()).keys()]).toEqual([])
  })

  test('where all were asked about, each has its own verdict', () => {
    const ask = names(16)
    const found = verdictsOf(inquiry(ask), answers(ask, 12))
    expect([...found.values()].filter(({ verdict }) => verdict === 'confirmed')).toHaveLength(4)
  })
})

describe('who would fall', () => {
  test.each<[string, Partial<Judged>, boolean]>([
    ['a live edge that passed and fails', {}, true],
    ['not one out of the live set', { wasIn: false }, false],
    ['not one whose failure is forgiven', { assessed: { ...falling().assessed, judgement: 'pass' } }, false],
    ['not one that answered', { assessed: { ...falling().assessed, probe: told(0.1) } }, false],
    ['not one that was skipped', { assessed: { ...falling().assessed, probe: told('skipped') } }, false],
    [
      'not one that was down already',
      { assessed: { ...falling().assessed, standing: { judgement: 'fail', failures: 1, successes: 0 } } },
      false,
    ],
    [
      'not one that was never judged',
      { assessed: { ...falling().assessed, standing: { judgement: null, failures: 0, successes: 0 } } },
      false,
    ],
  ])('%s', (_, changes, expected) => {
    expect(isFalling(falling('a', changes))).toBe(expected)
    expect(inquiryOf([falling('a', changes)], history()).ask).toEqual(expected ? ['a'] : [])
  })
})

describe('a verdict between two questions', () => {
  const asked = cycle(5, { a: kept }, { a: disputed })

  test.each([1, 2, 3, 4])('is the one that was given %i cycles ago', ago => {
    const runs = [
      cycle(ago, { a: kept }, { a: disputed }),
      ...Array.from({ length: ago - 1 }, (_, at) => cycle(ago - 1 - at, { a: kept })),
    ]
    expect(standingVerdict(history(...runs), 'a')).toEqual({ ...disputed, cyclesAgo: ago })
    expect(inquiryOf([falling()], history(...runs)).ask).toEqual([])
    expect(verdictOn(falling(), new Map(), history(...runs), true)).toEqual(disputed)
  })

  test('is asked for again in the fifth cycle after the last question', () => {
    const runs = [asked, ...[4, 3, 2, 1].map(at => cycle(at, { a: kept }))]
    expect(inquiryOf([falling()], history(...runs)).ask).toEqual(['a'])
    expect(verdictOn(falling(), new Map(), history(...runs), true)).toBeNull()
    expect(verdictOn(falling(), new Map([['a', confirmed]]), history(...runs), true)).toBe(confirmed)
  })

  test('does not hold where no vantage points are configured any more', () => {
    expect(verdictOn(falling(), new Map(), history(cycle(1, { a: kept }, { a: disputed })), false)).toBeNull()
  })

  test('is none for an edge that does not fall', () => {
    expect(verdictOn(falling('a', { wasIn: false }), new Map([['a', disputed]]), history(), true)).toBeNull()
  })

  test('a confirmation is asked about anew when the edge would fall again', () => {
    const runs = [cycle(2, { a: 'timeout' }, { a: confirmed }), cycle(1, { a: 'timeout' })]
    expect(inquiryOf([falling()], history(...runs)).ask).toEqual(['a'])
  })
})

describe('how long a verdict counts', () => {
  const down = { how: 'timeout', judgement: 'fail' } as const
  const answers = { how: 0.1, judgement: 'fail' } as const
  test.each<[string, Run[], Verdict | null]>([
    ['none was given', [cycle(1, { a: kept })], null],
    ['nothing is recorded', [], null],
    [
      'a dispute, while the probes fail or are skipped',
      [
        cycle(3, { a: kept }, { a: disputed }),
        cycle(2, { a: { how: 'skipped', judgement: 'pass' } }),
        cycle(1, { a: kept }),
      ],
      disputed,
    ],
    ['a dispute ends when the edge answers', [cycle(2, { a: kept }, { a: disputed }), cycle(1, { a: 0.1 })], null],
    [
      'a dispute ends so, though up_after is not reached',
      [cycle(2, { a: kept }, { a: disputed }), cycle(1, { a: answers })],
      null,
    ],
    ['a confirmation, while it fails', [cycle(2, { a: down }, { a: confirmed }), cycle(1, { a: down })], confirmed],
    [
      'a confirmation, until it passes again',
      [cycle(3, { a: down }, { a: confirmed }), cycle(2, { a: answers }), cycle(1, { a: down })],
      confirmed,
    ],
    [
      'a confirmation ends when it passes',
      [cycle(3, { a: down }, { a: confirmed }), cycle(2, { a: 0.1 }), cycle(1, { a: down })],
      null,
    ],
    [
      'leaving the list ends both',
      [cycle(3, { a: down }, { a: confirmed }), cycle(2, { b: 0.1 }), cycle(1, { a: down })],
      null,
    ],
    ['the newest counts', [cycle(3, { a: kept }, { a: disputed }), cycle(2, { a: down }, { a: confirmed })], confirmed],
    ['nothing is known of what was found', [{ ...cycle(1, { a: down }), circumstances: null }], null],
  ])('%s', (_, runs, expected) => {
    const found = standingVerdict(history(...runs), 'a')
    expect(found === null ? null : { verdict: found.verdict, votes: found.votes }).toEqual(expected)
    const isPassing = runs.at(-1) !== undefined && expected?.verdict === 'disputed'
    expect(lastingDispute(history(...runs), 'a')).toEqual(isPassing ? disputed : null)
  })

  test('a dispute that is over as nobody voted any more lasts no longer', () => {
    expect(lastingDispute(history(cycle(2, { a: kept }, { a: disputed }), cycle(1, { a: down })), 'a')).toBeNull()
  })
})

test('a disputed edge keeps the judgement it had, a confirmed one does not; the failed sample stays', () => {
  const { assessed: alone } = falling()
  expect(withVerdict(alone, disputed)).toEqual({ ...alone, judgement: 'pass_threshold' })
  expect(withVerdict(alone, confirmed)).toBe(alone)
  expect(withVerdict(alone, null)).toBe(alone)
})
