import { describe, expect, test } from 'vitest'
import { nothingSeen, seenAfter } from '../../../../functions/core/state/seen.ts'
import { nothingServed } from '../../../../functions/core/state/served-seen.ts'

const seen = { etags: new Map([['a', '1']]) }

describe('what cycles remember of ETags', () => {
  test.each([
    ['nothing was written', [], null],
    ['one is the same', [['a', '1']], null],
    ['one that says by itself what it holds was never remembered', [['b', null]], null],
    ['one is new', [['b', '2']], { a: '1', b: '2' }],
    ['one is another', [['a', '2']], { a: '2' }],
    ['one says by itself what it holds now', [['a', null]], {}],
  ] as const)('%s', (_what, etags, after) => {
    const told = seenAfter(seen, new Map(etags))
    expect(told === null ? null : Object.fromEntries(told.etags)).toEqual(after)
  })

  test('keeps what name servers served, and tells when that changes', () => {
    const served = { ...nothingServed, waiting: ['a.example'] }
    const before = { etags: new Map(), served }
    expect(seenAfter(before, new Map())).toBeNull()
    expect(seenAfter(before, new Map(), { ...served })).toBeNull()
    expect(seenAfter(before, new Map(), { ...served, waiting: [] })).toMatchObject({ served: { waiting: [] } })
    expect(seenAfter(undefined, new Map(), served)).toEqual(before)
  })

  test('begins with nothing, and leaves what was before as it was', () => {
    expect(seenAfter(undefined, new Map([['a', '2']]))).toEqual({ etags: new Map([['a', '2']]) })
    expect(seenAfter(undefined, new Map())).toBeNull()
    expect(nothingSeen.etags.size).toBe(0)
    expect(seen.etags).toEqual(new Map([['a', '1']]))
  })
})
