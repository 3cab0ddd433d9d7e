import { describe, expect, test } from 'vitest'
import { ancestors, isHostName, isHostOwner, isWithin, parseName } from '../../../../functions/core/zone/names.ts'

const origin = 'example.org.'
const label63 = 'l'.repeat(63)
const long = `${label63}.${label63}.${label63}`

describe('a name is read as', () => {
  test.each([
    ['@', 'example.org.'],
    ['.', '.'],
    ['www', 'www.example.org.'],
    ['WWW.Example.ORG.', 'www.example.org.'],
    ['\\119\\087w', 'www.example.org.'],
    ['\\w\\W', 'ww.example.org.'],
    ['a\\.b', 'a\\046b.example.org.'],
    ['a\\046b.', 'a\\046b.'],
    ['\\@', '\\064.example.org.'],
    ['a@b', 'a\\064b.example.org.'],
    ['\\*.\\042', '*.*.example.org.'],
    ['_x-1', '_x-1.example.org.'],
    ['\\000\\255', '\\000\\255.example.org.'],
    ['\\\\', '\\092.example.org.'],
    ['ü', '\\195\\188.example.org.'],
    [label63, `${label63}.example.org.`],
    [`${long}.${'l'.repeat(49)}`, `${long}.${'l'.repeat(49)}.example.org.`],
    [`${long}.${'\\255'.repeat(49)}`, `${long}.${'\\255'.repeat(49)}.example.org.`],
    [`${long}.${'l'.repeat(61)}.`, `${long}.${'l'.repeat(61)}.`],
  ])('%s: %s', (text, name) => {
    expect(parseName(text, origin)).toEqual({ name, fault: null })
  })

  test('relative to the root', () => {
    expect(parseName('www', '.').name).toBe('www.')
    expect(parseName('@', '.').name).toBe('.')
  })
})

describe('no name is', () => {
  test.each([
    ['', "'' has an empty label"],
    ['a..b', "'a..b' has an empty label"],
    ['.a', "'.a' has an empty label"],
    ['..', "'..' has an empty label"],
    ['a\\256', '\\256 is not an octet'],
    ['a\\25', "'a\\25' has an unfinished escape"],
    ['a\\2.b', "'a\\2.b' has an unfinished escape"],
    ['a\\', "'a\\' has an unfinished escape"],
    [`${label63}l`, `a label of '${label63}l' is longer than 63 octets`],
    [`${long}.${'l'.repeat(50)}`, `'${long.slice(0, 80)}…' is longer than 255 octets as a full name`],
    [`${long}.${'l'.repeat(62)}.`, `'${long.slice(0, 80)}…' is longer than 255 octets as a full name`],
  ])('%s', (text, fault) => {
    expect(parseName(text, origin)).toEqual({ name: null, fault })
  })
})

test.each([
  ['example.org.', 'example.org.', true],
  ['a.b.example.org.', 'example.org.', true],
  ['badexample.org.', 'example.org.', false],
  ['a\\046example.org.', 'example.org.', false],
  ['org.', 'example.org.', false],
  ['anything.', '.', true],
])('%s within %s: %s', (name, ancestor, within) => {
  expect(isWithin(name, ancestor)).toBe(within)
})

test.each([
  ['a.b.example.org.', 'example.org.', ['b.example.org.', 'example.org.']],
  ['example.org.', 'example.org.', []],
  ['a.', '.', ['.']],
  ['.', '.', []],
])('above %s, up to %s', (name, top, above) => {
  expect(ancestors(name, top)).toEqual(above)
})

test.each([
  ['.', true, true],
  ['a.', true, true],
  ['a-1.2b.example.org.', true, true],
  ['*.example.org.', false, true],
  ['*.', false, true],
  ['a.*.org.', false, false],
  ['-a.org.', false, false],
  ['a-.org.', false, false],
  ['a_b.org.', false, false],
  ['a\\046b.org.', false, false],
])('%s: a host %s, an owner of addresses %s', (name, host, owner) => {
  expect(isHostName(name)).toBe(host)
  expect(isHostOwner(name)).toBe(owner)
})
