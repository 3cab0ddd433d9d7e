import { describe, expect, test } from 'vitest'
import { parseQueryEvent } from '../../../functions/lambda/query-event.ts'

describe('the event of query', () => {
  test.each([
    [undefined, { kind: 'list', filter: {} }],
    [{}, { kind: 'list', filter: {} }],
    [
      { health: 'allpass', state: 'in', mode: 'force' },
      { kind: 'list', filter: { health: 'allpass', state: 'in', mode: 'force' } },
    ],
    [{ edge: 'a' }, { kind: 'edge', edge: 'a', hours: 24 }],
    [
      { edge: 'a', hours: 2000 },
      { kind: 'edge', edge: 'a', hours: 2000 },
    ],
  ])('%j', (event, expected) => {
    expect(parseQueryEvent(event)).toEqual(expected)
  })

  test.each([
    [{ health: 'good', state: 'up', mode: 'on' }, /health: .*state: .*mode: /],
    [{ edges: true }, /edges/],
    [{ edge: 'a', state: 'in' }, /state/],
    [{ hours: 2 }, /edge/],
    [{ edge: '' }, /edge/],
    [{ edge: 'a', hours: 2001 }, /hours/],
    [{ edge: 'a', hours: 1.5 }, /hours/],
    [{ edge: 'a', hours: 0 }, /hours/],
    [{ edge: 'a', hours: '24' }, /hours/],
    ['edges', /./],
    [[], /./],
  ])('%j is wrong', (event, expected) => {
    expect(() => parseQueryEvent(event)).toThrow(expect.objectContaining({ name: 'InvalidInput' }))
    expect(() => parseQueryEvent(event)).toThrow(expected)
  })
})
