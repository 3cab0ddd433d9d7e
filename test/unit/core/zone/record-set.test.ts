import { describe, expect, test } from 'vitest'
import {
  afterChanges,
  changesBetween,
  desiredSets,
  isKeyAt,
  isSame,
  keyOf,
  normalRecordName,
  plainSets,
  recordNames,
  wordsFor,
} from '../../../../functions/core/zone/record-set.ts'
import { found, set } from '../../../helpers/record-sets.ts'

describe('names', () => {
  test.each([
    ['Example.ORG', 'example.org.'],
    ['www.example.org.', 'www.example.org.'],
    ['\\052.example.org.', '*.example.org.'],
    ['a\\056b.example.org.', 'a\\056b.example.org.'],
    ['a\\040b.example.org.', 'a\\040b.example.org.'],
    ['a\\134b.example.org.', 'a\\134b.example.org.'],
  ])('%s is %s in normal form', (name, normal) => {
    expect(normalRecordName(name)).toBe(normal)
  })

  test('a zone has its own name and those of its rotate labels, each once', () => {
    expect(recordNames('example.org', ['WWW', '*', 'www'])).toEqual([
      'example.org.',
      'www.example.org.',
      '*.example.org.',
    ])
  })
})

describe('what a zone is to have', () => {
  test('a set for each name and each kind of address, sorted and each once', () => {
    const sets = desiredSets('example.org', ['www'], 60, ['192.0.2.10', '2001:db8::1', '192.0.2.9', '192.0.2.10'])
    expect(sets.map(wordsFor)).toEqual([
      'A example.org 60 192.0.2.9 192.0.2.10',
      'AAAA example.org 60 2001:db8::1',
      'A www.example.org 60 192.0.2.9 192.0.2.10',
      'AAAA www.example.org 60 2001:db8::1',
    ])
  })

  test('never a set without addresses', () => {
    expect(desiredSets('example.org', [], 60, ['192.0.2.1']).map(({ type }) => type)).toEqual(['A'])
    expect(() => desiredSets('example.org', [], 60, [])).toThrow('zone example.org has no address')
  })
})

describe('what is there', () => {
  test('is compared in normal form: case, final dot, escapes, spelling and order of values', () => {
    const there = plainSets([
      found('WWW.Example.org'),
      found('\\052.example.org.', { type: 'AAAA', ttl: null, values: ['2001:DB8:0::1', '2001:db8::1', '::2', 'x'] }),
      found('example.org.', { type: 'MX' }),
      found('example.org.', { kind: 'alias' }),
    ])
    expect(there).toEqual([
      set('www.example.org.'),
      set('*.example.org.', { type: 'AAAA', ttl: 0, values: ['2001:db8::1', '::2', 'x'] }),
    ])
    expect(isSame(set('a.', { values: ['1', '2'] }), set('a.', { values: ['2', '1'] }))).toBe(true)
    expect(isSame(set('a.'), set('a.', { ttl: 61 }))).toBe(false)
    expect(isSame(set('a.'), set('a.', { values: ['192.0.2.2'] }))).toBe(false)
  })
})

describe('changes', () => {
  const six = set('a.', { type: 'AAAA', values: ['2001:db8::1'] })

  test.each([
    ['nothing where all is as it should be', [set('a.')], [set('a.')], []],
    ['an UPSERT for what is missing', [set('a.')], [], ['UPSERT A a.']],
    ['an UPSERT for what differs', [set('a.')], [set('a.', { ttl: 5 })], ['UPSERT A a.']],
    ['a DELETE for its own set that is wanted no more', [set('a.')], [set('a.'), six], ['DELETE AAAA a.']],
    ['never anything at another name', [set('a.')], [set('a.'), set('b.')], []],
  ])('%s', (_what, desired, known, expected) => {
    const changes = changesBetween(desired, known, new Set(['A a.', 'AAAA a.', 'A b.']))
    expect(changes.map(change => `${change.action} ${keyOf(change.set)}`)).toEqual(expected)
    expect(changesBetween(desired, afterChanges(known, changes), new Set(['AAAA a.']))).toEqual([])
  })

  test('a set that somebody else published is not deleted', () => {
    expect(changesBetween([set('a.')], [set('a.'), six], new Set(['A a.']))).toEqual([])
  })
})

test('a key tells its name, and no longer one that ends alike', () => {
  const key = keyOf({ name: 'www.example.org.', type: 'A' })
  expect(isKeyAt(key, 'www.example.org.')).toBe(true)
  expect(isKeyAt(key, 'example.org.')).toBe(false)
})
