import { describe, expect, test } from 'vitest'
import { stateIn } from '../../../../functions/core/route53/hosted-zone.ts'
import type { Pushed } from '../../../../functions/core/state/network-state.ts'
import { desiredSets, keyOf } from '../../../../functions/core/zone/record-set.ts'

const sets = desiredSets('example.org', ['www'], 60, ['192.0.2.1'])
const keys = sets.map(keyOf)
const pushed: Pushed = { hostedZone: 'Z1', sets, attempted: ['AAAA example.org.'], due: 5 }
const nothing: Pushed = { hostedZone: null, sets: [], attempted: [], due: null }

describe('what is known in a hosted zone', () => {
  test('is what was recorded of it', () => {
    expect(stateIn('Z1', pushed)).toBe(pushed)
    expect(stateIn(null, nothing)).toBe(nothing)
  })

  test('is nothing where another was recorded, whose own sets are kept in mind', () => {
    const former = [{ hostedZone: 'Z1', keys: ['A example.org.', 'A www.example.org.', 'AAAA example.org.'] }]
    expect(stateIn('Z2', pushed)).toEqual({ ...nothing, hostedZone: 'Z2', former })
    expect(stateIn(null, pushed)).toEqual({ ...nothing, former })
  })

  test('is, on the return, which sets were edgemanage’s own there', () => {
    const away = stateIn('Z2', { ...pushed, attempted: [] })
    expect(stateIn('Z1', away)).toEqual({ ...nothing, hostedZone: 'Z1', attempted: keys })
    expect(stateIn('Z1', { ...away, attempted: ['A example.org.'] })).toEqual({
      ...{ hostedZone: 'Z1', sets: [], attempted: keys, due: null },
      former: [{ hostedZone: 'Z2', keys: ['A example.org.'] }],
    })
  })

  test('leaves no trace of one in which nothing was published', () => {
    expect(stateIn('Z2', { ...nothing, hostedZone: 'Z1' })).toEqual({ ...nothing, hostedZone: 'Z2' })
    expect(stateIn('Z2', { ...nothing, attempted: keys })).toEqual({ ...nothing, hostedZone: 'Z2' })
  })

  test('goes back to the three that were left last', () => {
    const last = ['Z2', 'Z3', 'Z4', 'Z5'].reduce((state, id) => ({ ...stateIn(id, state), attempted: keys }), pushed)
    expect(last.former?.map(({ hostedZone }) => hostedZone)).toEqual(['Z4', 'Z3', 'Z2'])
  })
})
