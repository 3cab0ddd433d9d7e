import { describe, expect, test } from 'vitest'
import type { Pointer, Rejection, TakenUp } from '../../../../functions/core/config/pointer.ts'
import {
  asideWarning,
  boundedReasons,
  configurationReport,
  inForceWords,
  isKnownInvalid,
  isSameTaken,
  rejectedWords,
  rejectionWarning,
  signedBy,
  takenAfter,
  takenIn,
} from '../../../../functions/core/config/taking.ts'

const by = (name: string, at = 0) => ({ by: name, at, comment: '' })
const hash = (digit: string) => digit.repeat(64)
const pointer: Pointer = {
  ...{ id: '1', what: 'push', hash: hash('b'), ...by('ann', 2), comment: 'why', base: null },
  ...{ previous: { hash: hash('a'), ...by('bob', 1) }, source: null, folder: null, aside: null },
}
const rejected: Rejection = { hash: hash('b'), version: '1', isFinal: true, reasons: ['one', 'two', 'three'] }
const taken: TakenUp = { hash: hash('c'), ...by('cid', 3), deployed: null, rejected }

describe('taking up a configuration (behaviour §11.4)', () => {
  test('reasons have a bound', () => {
    expect(boundedReasons(['a\nb'])).toHaveLength(1)
    expect(boundedReasons(Array.from({ length: 30 }, (_, at) => `r${at}`)).at(-1)).toBe('and 10 more')
  })

  test('a verdict is kept for the hash and the version', () => {
    expect(isKnownInvalid(taken, hash('b'), '1')).toBe(rejected)
    expect(isKnownInvalid(taken, hash('b'), '2')).toBeNull()
    expect(isKnownInvalid(taken, hash('a'), '1')).toBeNull()
    expect(isKnownInvalid({ ...taken, rejected: { ...rejected, isFinal: false } }, hash('b'), '1')).toBeNull()
    expect(isKnownInvalid('unreadable', hash('b'), '1')).toBeNull()
    expect(isKnownInvalid(null, hash('b'), '1')).toBeNull()
  })

  test('who put it in force is who moved the pointer, took it up, or deployed it', () => {
    const who = (
      digit: string,
      why: 'desired' | 'before' | 'deployed',
      desired = { pointer, taken } as Parameters<typeof signedBy>[1],
    ) => signedBy({ hash: hash(digit), why }, desired, 9)
    expect(who('b', 'desired').by).toBe('ann')
    expect(who('c', 'before').by).toBe('cid')
    expect(who('a', 'before').by).toBe('bob')
    expect(who('c', 'deployed').by).toBe('cid')
    expect(who('d', 'deployed')).toEqual({ by: 'deploy', at: 9, comment: '' })
    expect(who('a', 'before', { pointer: 'unreadable', taken: 'unreadable' }).by).toBe('deploy')
  })

  test('what is kept is written where it says something else', () => {
    const same = takenAfter(hash('c'), by('cid', 3), { deployed: null, rejected })
    expect(isSameTaken(same, taken)).toBe(true)
    expect(isSameTaken({ ...same, rejected: null }, taken)).toBe(false)
    expect(isSameTaken(same, null)).toBe(false)
    expect(isSameTaken(same, 'unreadable')).toBe(false)
    expect(takenIn(undefined)).toBeNull()
    expect(takenIn({ pointer: null, taken: 'unreadable' })).toBeNull()
    expect(takenIn({ pointer: null, taken })).toBe(taken)
  })

  test('warnings name what is rejected or set aside, why, and what is in force', () => {
    const used = { hash: hash('c'), signed: by('cid') }
    const warning = rejectionWarning(rejected, { pointer, taken }, used)
    expect(warning).toBe(
      'configuration bbbbbbbbbbbb of ann is not used: one (and 2 more); cccccccccccc (by cid) stays in force',
    )
    const none = { ...rejected, hash: null, reasons: ['one'] }
    expect(rejectionWarning(none, { pointer: 'unreadable', taken }, used)).toContain(
      'the desired configuration is not used: one;',
    )
    expect(rejectionWarning(rejected, { pointer: null, taken }, used)).toContain('bbbbbbbbbbbb is not used')
    expect(rejectionWarning(rejected, { pointer: { ...pointer, hash: hash('a') }, taken }, used)).toContain(
      'bbbb is not',
    )
    expect(asideWarning(pointer, hash('d'))).toContain('pushed by ann ("why"), is set aside')
    expect(asideWarning({ ...pointer, comment: '' }, hash('d'))).toContain('pushed by ann, is set aside')
    expect(inForceWords(taken)).toBe('cccccccccccc since 1970-01-01 00:00:00 UTC by cid')
    expect(rejectedWords(taken)).toContain(
      'configuration bbbbbbbbbbbb is not used: one (and 2 more); cccccccccccc since',
    )
    expect(rejectedWords({ ...taken, rejected: none })).toContain('a changed configuration is not used: one; ')
    expect(rejectedWords({ ...taken, rejected: null })).toBeNull()
  })

  test('the report says what is in force, since when and by whom', () => {
    expect(configurationReport({ hash: 'x' }, by('ann'), null)).toEqual({
      ...{ hash: 'x', since: '1970-01-01T00:00:00.000Z', by: 'ann', rejected: [] },
    })
    expect(configurationReport({ hash: 'x' }, by('ann'), rejected).rejected).toEqual(['one', 'two', 'three'])
  })
})
