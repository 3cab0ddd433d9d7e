import { expect, test } from 'vitest'
import { noCircumstances, type Verdict } from '../../../../functions/core/history/run.ts'
import { seen } from '../../../../functions/core/status-page/facts.ts'
import { sightOf } from '../../../../functions/core/status-page/sight.ts'
import { network, now, type RunMember, runAgo, stateBefore } from '../../../helpers/core.ts'

const good: RunMember = { how: 0.1, live: true }
const kept: RunMember = { how: 'timeout', judgement: 'pass_threshold', live: true }
const down: RunMember = { how: 'refused', live: false }
const ok = (region: string) => ({ region, outcome: 'ok' as const })
const fails = (region: string) => ({ region, outcome: 'bad_status' as const })

/** What the page shows after a cycle in which these edges turned out like this, with these verdicts. */
function shown(
  edges: Record<string, RunMember>,
  verdicts: Record<string, Verdict>,
  vantages: string[] = ['eu-west-1', 'us-west-2'],
) {
  const runs = [
    runAgo(60, { a: good, b: good, c: good, d: 0.1 }),
    { ...runAgo(0, edges), circumstances: { ...noCircumstances, verdicts: new Map(Object.entries(verdicts)) } },
  ]
  const stored = stateBefore({ runs, live: ['a', 'b', 'c'] })
  const net = network('abcd', { edge_count: 3, vantages })
  return sightOf(seen({ network: net, stored, lastCycle: now, lastStatus: 'ok', rotations: [], now, spans: [] }))
}

test('who sees what of those that are disputed and confirmed', () => {
  const verdicts: Record<string, Verdict> = {
    a: { verdict: 'disputed', votes: [ok('us-west-2')] },
    b: { verdict: 'confirmed', votes: [fails('eu-west-1'), ok('sa-east-1')] },
  }
  expect(shown({ a: kept, b: down, c: good, d: good }, verdicts)).toEqual({
    regions: ['eu-west-1', 'sa-east-1', 'us-west-2'],
    rows: [
      {
        ...{ edge: 'a', verdict: 'disputed: it stays', tone: 'fair', here: 'timeout' },
        seen: [
          { text: '–', tone: 'quiet' },
          { text: '–', tone: 'quiet' },
          { text: 'ok', tone: 'good' },
        ],
      },
      {
        ...{ edge: 'b', verdict: 'confirmed: it fails elsewhere, too', tone: 'bad', here: 'refused' },
        seen: [
          { text: 'bad_status', tone: 'bad' },
          { text: 'ok', tone: 'good' },
          { text: '–', tone: 'quiet' },
        ],
      },
    ],
  })
})

test('one that is disputed for the sake of others has no votes of its own', () => {
  const verdicts: Record<string, Verdict> = { a: { verdict: 'disputed', votes: [] } }
  expect(shown({ a: kept, b: good, c: good, d: 0.1 }, verdicts, ['eu-west-1'])?.rows).toMatchObject([
    { edge: 'a', seen: [{ text: '–' }] },
  ])
})

test('nothing where nobody had a say, and before the first cycle', () => {
  expect(shown({ a: good, b: good, c: good, d: 0.1 }, {})).toBeNull()
  expect(sightOf({ last: null, network: network('a') })).toBeNull()
})
