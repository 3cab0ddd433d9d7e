import { expect, test } from 'vitest'
import { type CheckInput, entriesOf, usable } from '../../../../functions/core/inspect/check-input.ts'
import { network, now, runAgo, stateBefore } from '../../../helpers/core.ts'

const run = runAgo(30, { a: 0.1, x: 0.1 })
const input = (secondsAgo: number | null): CheckInput => ({
  ...{ network: network('ab'), lastCycle: now, lastStatus: 'ok', now, all: false },
  stored: stateBefore({ runs: secondsAgo === null ? [] : [runAgo(secondsAgo, { a: 0.1 })] }),
  thresholds: { warn: null, crit: null },
})

test('the newest recorded cycle is of use for ten intervals', () => {
  expect(usable(input(600))).toMatchObject({ time: now - 600_000 })
  expect(usable(input(601))).toBe('the last recorded cycle of net is 10 m 1 s old')
  expect(usable(input(null))).toBe('no cycle of net is recorded')
})

test('entries are those of the edges in the configuration', () => {
  expect(entriesOf(network('ab'), run).map(({ edge }) => edge)).toEqual(['a'])
})
