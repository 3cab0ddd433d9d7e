import { expect, test } from 'vitest'
import { type Sight, sightWarnings } from '../../../../functions/core/report/sight-warnings.ts'

const late = (region: string) => ({ region, why: 'it did not answer in time' })
const sight = (changes: Partial<Sight>): Sight => ({
  ...{
    edges: ['a', 'b'],
    unasked: [],
    outOfReach: [],
    regions: ['eu-west-1', 'us-west-2'],
    abstained: [],
    unvoted: [],
    asked: 'yes',
  },
  ...changes,
})

test.each<[string, Sight | null, string[]]>([
  ['nobody was asked', null, []],
  ['all voted', sight({}), []],
  [
    'one abstained',
    sight({ abstained: [late('us-west-2')] }),
    ['1 of 2 vantage points did not vote (us-west-2: it did not answer in time)'],
  ],
  [
    'nobody voted on one of them',
    sight({ unvoted: ['b'] }),
    ['no vantage point voted on b, so the prober decided alone'],
  ],
  [
    'one abstained, and the other did not vote on one',
    sight({ abstained: [late('us-west-2')], unvoted: ['b'] }),
    [
      '1 of 2 vantage points did not vote (us-west-2: it did not answer in time)',
      'no vantage point voted on b, so the prober decided alone',
    ],
  ],
  [
    'all abstained',
    sight({ abstained: [late('eu-west-1'), { region: 'us-west-2', why: 'it failed' }] }),
    [
      'no vantage point voted on a, b, so the prober decided alone (eu-west-1: it did not answer in time; us-west-2: it failed)',
    ],
  ],
  [
    'a dry run',
    sight({ asked: 'dry run' }),
    ['a cycle would ask eu-west-1, us-west-2 about a, b; a dry run asks none of them'],
  ],
  [
    'no time',
    sight({ asked: 'no time' }),
    ['no vantage point was asked about a, b: too little time was left for probing'],
  ],
  [
    'too many',
    sight({ unasked: ['y', 'z'] }),
    ['too many edges would fall at once: other regions were not asked about y, z'],
  ],
  [
    'no address that anybody reaches',
    sight({ edges: [], outOfReach: ['c'] }),
    ['no vantage point can fetch from the addresses of c'],
  ],
])('%s', (_, given, warnings) => {
  expect(sightWarnings(given)).toEqual(warnings)
})
