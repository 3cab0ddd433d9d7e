import { describe, expect, test } from 'vitest'
import type { Judgement } from '../../../../functions/core/domain/model.ts'
import { type Evidence, type JudgeRules, judge, waitsForUpAfter } from '../../../../functions/core/judgement/judge.ts'

const goodenough = 500_000
const rules: JudgeRules = { goodenoughMicros: goodenough, thresholdMicros: goodenough, downAfter: 1, upAfter: 1 }
const slow = { sumMicros: 2 * goodenough, count: 2 }
const quick = { sumMicros: 2 * goodenough - 1, count: 2 }

function evidence(changes: Partial<Evidence> = {}): Evidence {
  const standing = { judgement: null, failures: 0, successes: 0 }
  return { failed: false, micros: goodenough, window: slow, all: slow, standing, ...changes }
}

function stood(judgement: Judgement | null, failures: number, successes: number) {
  return { standing: { judgement, failures, successes } }
}

describe('the table of judgements (behaviour §3), first match wins', () => {
  const rows: [row: string, evidence: Partial<Evidence>, rules: Partial<JudgeRules>, judgement: Judgement][] = [
    ['a failure is fail', { failed: true, ...stood('pass', 0, 9) }, {}, 'fail'],
    ['… however good the averages', { failed: true, window: quick, all: quick }, {}, 'fail'],
    ['the down_after-th failure in a row', { failed: true, ...stood('pass_window', 2, 0) }, { downAfter: 3 }, 'fail'],
    ['… and every later one', { failed: true, ...stood('pass_window', 3, 0) }, { downAfter: 3 }, 'fail'],
    ['fewer: what it was before', { failed: true, ...stood('pass_window', 1, 0) }, { downAfter: 3 }, 'pass_window'],
    [
      'fewer: what it was, threshold too',
      { failed: true, ...stood('pass_threshold', 0, 5) },
      { downAfter: 2 },
      'pass_threshold',
    ],
    ['fewer: what it was, fail too', { failed: true, ...stood('fail', 0, 1) }, { downAfter: 3 }, 'fail'],
    ['fewer: fail if never judged', { failed: true }, { downAfter: 3 }, 'fail'],
    ['not yet the up_after-th success', { micros: 1, ...stood('fail', 0, 1) }, { upAfter: 3 }, 'fail'],
    ['the up_after-th success', { micros: 1, ...stood('fail', 0, 2) }, { upAfter: 3 }, 'pass_threshold'],
    ['up_after 1: the first success', { micros: 1, ...stood('fail', 7, 0) }, {}, 'pass_threshold'],
    ['never judged needs no up_after', { micros: 1 }, { upAfter: 3 }, 'pass_threshold'],
    ['one that passed needs no up_after', { micros: 1, ...stood('pass', 1, 0) }, { upAfter: 3 }, 'pass_threshold'],
    ['below goodenough by a microsecond', { micros: goodenough - 1 }, {}, 'pass_threshold'],
    ['exactly goodenough is not below', { micros: goodenough }, {}, 'pass'],
    ['window average below', { window: quick, all: quick }, {}, 'pass_window'],
    ['window average exactly goodenough', { window: slow, all: quick }, {}, 'pass_average'],
    ['average below', { window: slow, all: quick }, {}, 'pass_average'],
    ['average exactly goodenough', { window: slow, all: slow }, {}, 'pass'],
    ['below a live edge’s threshold', { micros: 599_999 }, { thresholdMicros: 600_000 }, 'pass_threshold'],
    ['exactly a live edge’s threshold', { micros: 600_000 }, { thresholdMicros: 600_000 }, 'pass'],
    ['stay_factor helps no average', { micros: 600_000, window: slow }, { thresholdMicros: 600_000 }, 'pass'],
  ]

  test.each(rows)('%s', (_, facts, changes, judgement) => {
    expect(judge(evidence(facts), { ...rules, ...changes })).toBe(judgement)
  })
})

describe('fail only for want of up_after (behaviour §4.4)', () => {
  test.each([
    ['answered, was fail, too early', stood('fail', 0, 0), false, true],
    ['answered the up_after-th time', stood('fail', 0, 1), false, false],
    ['did not answer', stood('fail', 1, 0), true, false],
    ['was passing', stood('pass', 0, 0), false, false],
    ['never judged', stood(null, 0, 0), false, false],
  ])('%s: %o', (_, standing, failed, expected) => {
    expect(waitsForUpAfter(evidence({ ...standing, failed }), { ...rules, upAfter: 2 })).toBe(expected)
  })
})
