import { describe, expect, test } from 'vitest'
import { materialOf } from '../../../../functions/core/legacy/material.ts'
import { stateText, storeText } from '../../../helpers/original.ts'
import { networkOf } from '../../../helpers/world.ts'

const now = Date.UTC(2026, 0, 1, 12)
const network = networkOf(['edge1.example', '2001:db8::1', 'c.example'], {
  canaries: [{ zone: 'example.org', address: '192.0.2.9' }],
})

const material = (stores: Record<string, string>, state: string | null = null) =>
  materialOf({ stores: new Map(Object.entries(stores)), state }, network, now)

describe("what of the original's files is a network's", () => {
  test('edges and canaries, however they are written, and those that were live', () => {
    const files = ['edge1.example', '2001:DB8:0::1', '192.0.2.9', 'gone.example', 'other.example']
    const found = material(
      Object.fromEntries(files.map(name => [name, storeText()])),
      stateText({ last_live: ['gone.example', 'edge1.example'] }),
    )
    expect([...found.edges.keys()].sort()).toEqual(['2001:db8::1', 'edge1.example', 'gone.example'])
    expect([...found.canaries.keys()]).toEqual(['192.0.2.9'])
    expect(found.strangers).toEqual(['other.example'])
    expect(found.live).toEqual(['edge1.example', 'gone.example'])
    expect(found.faults).toEqual([])
  })

  test('tells what it left out', () => {
    const stores = {
      'EDGE1.example': storeText(),
      'edge1.example': storeText(),
      'c.example': '{',
      '2001:db8::1': storeText({ mode: 'x' }),
      '192.0.2.9': storeText({ mode: 'force' }),
    }
    const { faults, edges, unknown, live } = material(stores, '{')
    expect([...edges.keys()].sort()).toEqual(['2001:db8::1', 'edge1.example'])
    expect({ unknown, live }).toEqual({ unknown: ['c.example'], live: [] })
    expect(faults).toEqual([
      'the state file: cannot be read (empty, cut off or damaged): left out',
      '2001:db8::1.edgestore: mode is "x", which is not a mode',
      'EDGE1.example.edgestore: left out, as edge1.example has another file',
      'c.example.edgestore: cannot be read (empty, cut off or damaged): left out',
      '192.0.2.9.edgestore: canaries take no orders, so force was left out',
    ])
  })
})

describe('two files of one edge', () => {
  const mode = (word: string) => storeText({ mode: word })
  test.each([
    ['the one that is spelled as the edge counts', mode('available'), mode('available'), 'available'],
    ['where they differ the mode is not known', mode('available'), mode('unavailable'), null],
    ['nor where the other cannot be read', mode('force'), '', null],
  ])('%s', (_words, spelled, other, expected) => {
    const { edges } = material({
      'edge1.example': spelled,
      'EDGE1.EXAMPLE': other,
    })
    expect(edges.get('edge1.example')?.mode).toBe(expected)
  })

  test('the one that is spelled otherwise counts where the first cannot be read', () => {
    const { edges, unknown } = material({ 'edge1.example': '', 'EDGE1.EXAMPLE': mode('force') })
    expect([edges.size, unknown]).toEqual([0, ['edge1.example']])
  })
})

describe('files that are there and cannot be read', () => {
  test('are told with the reason, and the mode of their edges is not known', () => {
    const unreadable = new Map([
      ['c.example', 'EACCES'],
      ['192.0.2.9', 'is not a file'],
      ['else.example', 'is not a file'],
    ])
    const found = materialOf({ stores: new Map(), unreadable, state: null }, network, now)
    expect(found).toMatchObject({ unknown: ['c.example'], strangers: ['else.example'], live: null })
    expect(found.faults).toEqual([
      '192.0.2.9.edgestore: is not a file: left out',
      'c.example.edgestore: EACCES: left out',
    ])
  })
})

describe('the live set', () => {
  const stores = {
    'edge1.example': storeText({ state: 'in' }),
    'c.example': storeText({ state: 'in' }),
    '2001:db8::1': storeText(),
    'other.example': storeText({ state: 'in' }),
  }
  const whole = stateText({ last_live: ['2001:db8::1'] })
  test.each([
    ['is that of the state file', whole, ['2001:db8::1']],
    ['is empty where that says so', stateText({ last_live: [] }), []],
    ['is that of the edge files where there is nothing in it', '', ['c.example', 'edge1.example']],
    ['or it has no such list', '{"last_run": 1}', ['c.example', 'edge1.example']],
    ['or another value', stateText({ last_live: 'all' }), ['c.example', 'edge1.example']],
    [
      'is both where the list is cut off',
      '{"last_live": ["2001:db8::1", "Edg',
      ['2001:db8::1', 'c.example', 'edge1.example'],
    ],
  ])('%s', (_words, state, expected) => {
    const { live, faults } = material(stores, state)
    expect(live).toEqual(expected)
    expect(faults.some(fault => fault.includes('edges whose own files'))).toBe(expected.includes('c.example'))
  })
})
