import { expect, test } from 'vitest'
import { verdictWords, voteWords } from '../../../../functions/core/decision/sight-words.ts'
import type { Outcome } from '../../../../functions/core/domain/model.ts'

const votes = (seen: Record<string, Outcome>) => Object.entries(seen).map(([region, outcome]) => ({ region, outcome }))

test.each<[string, 'disputed' | 'confirmed', Record<string, Outcome>]>([
  ['fails here, answers from 1 of 1 region (eu-west-1)', 'disputed', { 'eu-west-1': 'ok' }],
  ['fails here, answers from 2 of 2 regions (a-b-1, c-d-1)', 'disputed', { 'c-d-1': 'ok', 'a-b-1': 'ok' }],
  ['fails here, answers from 2 of 3 regions (ok: a, c; timeout: b)', 'disputed', { a: 'ok', b: 'timeout', c: 'ok' }],
  ['fails here and from 1 of 1 region (timeout: a)', 'confirmed', { a: 'timeout' }],
  ['fails here and from 2 of 3 regions (ok: b; refused: a, c)', 'confirmed', { c: 'refused', b: 'ok', a: 'refused' }],
])('%s', (words, verdict, seen) => {
  expect(verdictWords({ verdict, votes: votes(seen) })).toBe(words)
})

test('a dispute without votes follows from those of other edges', () => {
  expect(verdictWords({ verdict: 'disputed', votes: [] })).toMatch(/^fails here, disputed as most of the edges/)
  expect(voteWords([])).toBe('')
})
