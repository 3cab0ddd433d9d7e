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
    [{ replay: {} }, { kind: 'replay', set: {}, hours: 24 }],
    [
      { replay: { set: { down_after: 2, rotation: 'reselect', history: { window: 60 } }, hours: 2 } },
      { kind: 'replay', set: { down_after: 2, rotation: 'reselect', history: { window: 60 } }, hours: 2 },
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
    [{ replay: { hours: 0 } }, /replay\.hours/],
    [{ replay: { set: ['down_after=2'] } }, /replay\.set/],
    [{ replay: { sweep: {} } }, /sweep/],
    [{ replay: {}, edge: 'a' }, /edge/],
    [{ replay: 24 }, /replay/],
    ['edges', /./],
    [[], /./],
  ])('%j is wrong', (event, expected) => {
    expect(() => parseQueryEvent(event)).toThrow(expect.objectContaining({ name: 'InvalidInput' }))
    expect(() => parseQueryEvent(event)).toThrow(expected)
  })
})
