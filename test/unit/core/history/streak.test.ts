import { describe, expect, test } from 'vitest'
import { historyOf } from '../../../../functions/core/history/history.ts'
import { streakOf } from '../../../../functions/core/history/streak.ts'
import { type RunMember, runAgo } from '../../../helpers/core.ts'

describe('how one stands before a cycle', () => {
  const held: RunMember = { how: 'refused', judgement: 'pass' }
  const rows: [name: string, members: (RunMember | null)[], standing: object][] = [
    ['never seen', [], { judgement: null, failures: 0, successes: 0 }],
    ['one success', [0.1], { judgement: 'pass_threshold', failures: 0, successes: 1 }],
    ['failures in a row', [0.1, held, held], { judgement: 'pass', failures: 2, successes: 0 }],
    ['successes in a row', ['refused', 0.1, 0.1], { judgement: 'pass_threshold', failures: 0, successes: 2 }],
    ['counted no further than asked', [held, held, held, held], { judgement: 'pass', failures: 3, successes: 0 }],
    [
      'skipped probes change no counter and no judgement (behaviour §1.9)',
      [held, { how: 'skipped', judgement: 'pass' }, held, { how: 'skipped', judgement: 'pass' }],
      { judgement: 'pass', failures: 2, successes: 0 },
    ],
    ['gone and not back in the newest cycle', [0.1, null], { judgement: null, failures: 0, successes: 0 }],
    [
      'gone and back: counters start anew (behaviour §2.4)',
      ['refused', 'refused', null, 'refused'],
      { judgement: 'fail', failures: 1, successes: 0 },
    ],
    ['only ever skipped', ['skipped', 'skipped'], { judgement: null, failures: 0, successes: 0 }],
  ]

  test.each(rows)('%s', (_, members, standing) => {
    const runs = members.map((member, at) =>
      runAgo(60 * (members.length - at), member === null ? { other: 0.1 } : { other: 0.1, a: member }),
    )
    expect(streakOf(historyOf(runs, 2000), 'edge', 'a', 3)).toEqual(standing)
  })
})
