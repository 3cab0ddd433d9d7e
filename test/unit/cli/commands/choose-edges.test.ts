import { describe, expect, test } from 'vitest'
import { chooseEdges } from '../../../../functions/cli/commands/choose-edges.ts'
import { networkOf } from '../../../helpers/world.ts'

const network = networkOf(['a1.example', 'a2.example', 'b1.example', '192.0.2.1'])
const choose = (...words: string[]) => chooseEdges(network, words, false)

describe('edges are chosen', () => {
  test('by name: one alone is no list', () => {
    expect(choose('a1.example')).toEqual({ edges: ['a1.example'], isList: false })
    expect(choose('A1.example', 'a1.example')).toEqual({ edges: ['a1.example'], isList: false })
    expect(choose('b1.example', 'a1.example')).toEqual({ edges: ['b1.example', 'a1.example'], isList: true })
  })

  test('by glob, which is always a list', () => {
    expect(choose('a?.example')).toEqual({ edges: ['a1.example', 'a2.example'], isList: true })
    expect(choose('192*')).toEqual({ edges: ['192.0.2.1'], isList: true })
    expect(choose('*1.example', 'a*').edges).toEqual(['a1.example', 'b1.example', 'a2.example'])
    expect(choose('*').edges).toHaveLength(4)
  })

  test('never by half: every word that means none is named', () => {
    expect(() => choose('a1.example', 'c*', 'a1xexample')).toThrow(
      'no edge of net matches c*; a1xexample is not in the edge list of net',
    )
    expect(() => choose('a1.exampl.*')).toThrow('matches')
  })

  test('where an order is taken back, an edge that has left the list may be meant', () => {
    expect(chooseEdges(network, ['gone.example'], true)).toEqual({ edges: ['gone.example'], isList: false })
  })
})
