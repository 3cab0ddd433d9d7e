import { describe, expect, test } from 'vitest'
import { wantedEdges } from '../../../../functions/core/config/network.ts'
import { livePassing, shortageWords } from '../../../../functions/core/live-set/live-edges.ts'
import { network, runAgo, stateBefore } from '../../../helpers/core.ts'

test.each([
  ['abc', 2, 2],
  ['ab', 5, 2],
  ['', 2, 0],
])('of the edges "%s" with edge_count %i, %i are wanted', (edges, edge_count, wanted) => {
  expect(wantedEdges(network(edges, { edge_count }))).toBe(wanted)
})

describe('live edges that pass', () => {
  const runs = [runAgo(60, { a: 0.1, b: 'refused', c: 3 })]

  test.each<[live: string[], passing: number]>([
    [['a', 'b'], 1],
    [['a', 'c'], 2],
    [['b', 'x'], 0],
    [[], 0],
  ])('of %j there are %i', (live, passing) => {
    expect(livePassing(network('abc'), stateBefore({ runs }), live)).toEqual({ passing, wanted: 2, live: live.length })
  })

  test('before the first cycle nobody passes', () => {
    expect(livePassing(network('abc'), stateBefore(), ['a'])).toEqual({ passing: 0, wanted: 2, live: 1 })
  })
})

test.each([
  [4, 4, null],
  [5, 4, null],
  [0, 0, null],
  [3, 4, '3 of 4 wanted live edges pass'],
  [1, 4, '1 of 4 wanted live edges passes'],
  [0, 4, 'none of the 4 wanted live edges passes'],
  [0, 1, 'the live edge does not pass'],
])('%i passing of %i wanted: %s', (passing, wanted, words) => {
  expect(shortageWords({ passing, wanted })).toBe(words)
})
