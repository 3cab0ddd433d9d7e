import { describe, expect, test } from 'vitest'
import {
  askBudget,
  type BudgetAnswer,
  type BudgetQuestion,
  isSameSet,
} from '../../../../functions/core/live-set/budget.ts'
import { now } from '../../../helpers/core.ts'

const ago = (...seconds: number[]) => seconds.map(one => now - one * 1000)
const spent = { maxfreq: 2, rotations: ago(60, 30) }

function question(changes: Partial<BudgetQuestion>): BudgetQuestion {
  return {
    now,
    rotations: [],
    maxfreq: 10,
    windowSeconds: 600,
    isFrozen: false,
    isBraked: false,
    recorded: ['a', 'b'],
    decided: ['a', 'c'],
    isPassing: () => true,
    isUnavailable: () => false,
    isOrderedLive: () => false,
    isConfigured: () => true,
    ...changes,
  }
}

describe('the budget (behaviour §5)', () => {
  test.each<[string, Partial<BudgetQuestion>, BudgetAnswer]>([
    ['nothing spent', {}, 'rotate'],
    ['one left', { maxfreq: 3, rotations: ago(60, 30) }, 'rotate'],
    ['all spent', spent, 'suppressed'],
    ['overspent', { maxfreq: 1, rotations: ago(60, 30) }, 'suppressed'],
    ['0 is unlimited', { maxfreq: 0, rotations: ago(60, 30, 5) }, 'rotate'],
    ['one exactly as old as the window counts', { maxfreq: 1, rotations: ago(600) }, 'suppressed'],
    ['one a millisecond older does not', { maxfreq: 1, rotations: ago(600.001) }, 'rotate'],
    ['the same set is no rotation', { ...spent, decided: ['a', 'b'] }, 'same'],
    ['the same set is no rotation, frozen or not', { isFrozen: true, decided: ['a', 'b'] }, 'same'],
    ['frozen holds like a spent budget', { isFrozen: true }, 'suppressed'],
    ['frozen holds where the budget is unlimited', { isFrozen: true, maxfreq: 0 }, 'suppressed'],
  ])('%s', (_, changes, answer) => {
    expect(askBudget(question(changes))).toBe(answer)
  })
})

describe.each<[string, Partial<BudgetQuestion>]>([
  ['a spent budget', spent],
  ['a frozen network', { isFrozen: true }],
])('%s lets a new set through', (_, held) => {
  test.each<[string, Partial<BudgetQuestion>, BudgetAnswer]>([
    ['the first time', { recorded: [] }, 'rotate'],
    ['when the recorded one holds no passing edge', { isPassing: name => name === 'c' }, 'rotate'],
    ['… not while it holds one', { isPassing: name => name === 'b' }, 'suppressed'],
    ['when an unavailable edge is live', { isUnavailable: name => name === 'b' }, 'rotate'],
    ['… not for one that is not', { isUnavailable: name => name === 'c' }, 'suppressed'],
    ['when an edge that rule 4.1 makes live is not', { isOrderedLive: name => name === 'c' }, 'rotate'],
    ['… not for one that is', { isOrderedLive: name => name === 'a' }, 'suppressed'],
    ['… not for one that takes no part', { isOrderedLive: name => name === 'd' }, 'suppressed'],
    ['when a live edge has left the configuration', { isConfigured: name => name !== 'b' }, 'rotate'],
  ])('%s', (_, changes, answer) => {
    expect(askBudget(question({ ...held, ...changes }))).toBe(answer)
  })
})

test('two sets are the same by their names', () => {
  expect(isSameSet([], [])).toBe(true)
  expect(isSameSet(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(isSameSet(['a', 'b'], ['a', 'c'])).toBe(false)
  expect(isSameSet(['a'], ['a', 'b'])).toBe(false)
})

describe('the brake (behaviour §10.3)', () => {
  const none = { isPassing: () => false }
  test.each<[string, Partial<BudgetQuestion>, BudgetAnswer]>([
    ['holds', { isBraked: true }, 'suppressed'],
    ['holds a set of which nobody passes', { isBraked: true, ...none }, 'suppressed'],
    [
      'and so it does in a frozen network, which alone would not',
      { isBraked: true, isFrozen: true, ...none },
      'suppressed',
    ],
    ['a frozen network does not', { isFrozen: true, ...none }, 'rotate'],
    ['not against an order for one that is out', { isBraked: true, isOrderedLive: edge => edge === 'c' }, 'rotate'],
    ['not against an order for one that is in', { isBraked: true, isUnavailable: edge => edge === 'b' }, 'rotate'],
    ['not for one that left the configuration', { isBraked: true, isConfigured: edge => edge !== 'a' }, 'rotate'],
    ['nothing where nothing changes', { isBraked: true, decided: ['a', 'b'] }, 'same'],
  ])('%s', (_, changes, answer) => {
    expect(askBudget(question(changes))).toBe(answer)
  })
})
