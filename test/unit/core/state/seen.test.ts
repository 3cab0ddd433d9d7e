import { describe, expect, test } from 'vitest'
import { certificatesAfter, nothingSeen, seenAfter } from '../../../../functions/core/state/seen.ts'
import { nothingServed } from '../../../../functions/core/state/served-seen.ts'

const seen = { etags: new Map([['a', '1']]) }
const none = new Map<string, string>()

describe('what cycles remember of ETags', () => {
  test.each([
    ['nothing was written', [], null],
    ['one is the same', [['a', '1']], null],
    ['one that says by itself what it holds was never remembered', [['b', null]], null],
    ['one is new', [['b', '2']], { a: '1', b: '2' }],
    ['one is another', [['a', '2']], { a: '2' }],
    ['one says by itself what it holds now', [['a', null]], {}],
  ] as const)('%s', (_what, etags, after) => {
    const told = seenAfter(seen, { etags: new Map(etags) })
    expect(told === null ? null : Object.fromEntries(told.etags)).toEqual(after)
  })

  test('keeps what name servers served, and tells when that changes', () => {
    const served = { ...nothingServed, waiting: ['a.example'] }
    const before = { etags: new Map(), served }
    expect(seenAfter(before, { etags: none })).toBeNull()
    expect(seenAfter(before, { etags: none, served: { ...served } })).toBeNull()
    expect(seenAfter(before, { etags: none, served: { ...served, waiting: [] } })).toMatchObject({
      served: { waiting: [] },
    })
    expect(seenAfter(undefined, { etags: none, served })).toEqual(before)
  })

  test('begins with nothing, and leaves what was before as it was', () => {
    expect(seenAfter(undefined, { etags: new Map([['a', '2']]) })).toEqual({ etags: new Map([['a', '2']]) })
    expect(seenAfter(undefined, { etags: none })).toBeNull()
    expect(nothingSeen.etags.size).toBe(0)
    expect(seen.etags).toEqual(new Map([['a', '1']]))
  })
})

describe('what cycles remember of certificates', () => {
  const known = { ...seen, certificates: new Map([['e', 7]]) }
  test('is as the probe saw it, or as one before did, and goes with the edge', () => {
    const probes = new Map<string, { certificateExpires?: number }>([
      ['a', { certificateExpires: 5 }],
      ['b', {}],
      ['e', {}],
    ])
    expect(certificatesAfter(known, probes)).toEqual(
      new Map([
        ['a', 5],
        ['e', 7],
      ]),
    )
    expect(certificatesAfter(undefined, new Map([['b', {}]]))).toEqual(new Map())
  })

  test('is news where one came, went or changed', () => {
    expect(seenAfter(known, { etags: none })).toBeNull()
    expect(seenAfter(known, { etags: none, certificates: new Map([['e', 7]]) })).toBeNull()
    expect(seenAfter(known, { etags: none, certificates: new Map([['e', 8]]) })?.certificates).toEqual(
      new Map([['e', 8]]),
    )
    expect(seenAfter(known, { etags: none, certificates: new Map() })).toEqual(seen)
    expect(seenAfter(seen, { etags: none, certificates: new Map([['f', 1]]) })).toEqual({
      ...seen,
      certificates: new Map([['f', 1]]),
    })
    expect(seenAfter(seen, { etags: none, certificates: new Map() })).toBeNull()
  })
})

describe('what published texts were made of', () => {
  const zones = { key: 'a', hash: 'b' }
  const namedConf = { key: 'c', hash: 'd' }
  const known = { ...seen, rendered: { zones, namedConf } }
  test('is remembered until it is another', () => {
    expect(seenAfter(seen, { etags: none, rendered: { zones } })).toEqual({ ...seen, rendered: { zones } })
    expect(seenAfter(known, { etags: none })).toBeNull()
    expect(seenAfter(known, { etags: none, rendered: { namedConf: { ...namedConf } } })).toBeNull()
    const other = { key: 'e', hash: 'f' }
    expect(seenAfter(known, { etags: none, rendered: { namedConf: other } })?.rendered).toEqual({
      zones,
      namedConf: other,
    })
  })
})

describe('what cycles remember of the problems that were told', () => {
  const known = { ...seen, told: 'hash' }
  test('stays where nothing is said, changes with what was told, and goes where there was nothing to tell', () => {
    expect(seenAfter(known, { etags: none })).toBeNull()
    expect(seenAfter(known, { etags: none, told: 'hash' })).toBeNull()
    expect(seenAfter(known, { etags: none, told: 'other' })).toEqual({ ...seen, told: 'other' })
    expect(seenAfter(known, { etags: none, told: null })).toEqual(seen)
    expect(seenAfter(seen, { etags: none, told: null })).toBeNull()
    expect(seenAfter(seen, { etags: none, told: 'hash' })).toEqual(known)
  })
})
