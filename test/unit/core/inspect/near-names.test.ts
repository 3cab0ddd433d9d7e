import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearNames, unknownName } from '../../../../functions/core/inspect/near-names.ts'

const known = ['edge1.example.org', 'edge2.example.org', 'edge10.example.org', 'other.example.net', '192.0.2.7']

test.each([
  ['edge1.exampel.org', ['edge1.example.org', 'edge10.example.org', 'edge2.example.org']],
  ['EDGE2.example.org', ['edge2.example.org', 'edge1.example.org', 'edge10.example.org']],
  ['other', ['other.example.net']],
  ['192.0.2.8', ['192.0.2.7']],
  ['quite-something-else.invalid', []],
])('%s may have meant', (name, near) => {
  expect(nearNames(name, known)).toEqual(near)
})

test('one wrong letter is always found', () => {
  const letter = fc.constantFrom(...'abcdefgh')
  const names = fc.array(letter, { minLength: 3, maxLength: 12 }).map(letters => letters.join(''))
  fc.assert(
    fc.property(names, fc.nat(), (name, at) => {
      const place = at % name.length
      const wrong = `${name.slice(0, place)}x${name.slice(place + 1)}`
      expect(nearNames(wrong, [name])).toEqual([name])
    }),
  )
})

test('where nothing is near, what is known is told, but not all of it', () => {
  expect(unknownName('edge', '192.0.2.8', 'net', known)).toBe(
    'there is no edge 192.0.2.8 in net; did you mean 192.0.2.7?',
  )
  expect(unknownName('edge', 'zzzzzzzzzz', 'net', ['a', 'b'])).toBe('there is no edge zzzzzzzzzz in net; known: a, b')
  const many = Array.from({ length: 12 }, (_, at) => `e${at}`)
  expect(unknownName('edge', 'zzzzzzzzzz', 'net', many)).toMatch(/known: e0, .*, e9, and 2 more$/)
})

test('a text that is far too long for a name is compared with none, and told of in part', () => {
  const started = performance.now()
  const known = Array.from({ length: 500 }, (_, at) => `edge${at}.example.org`)
  expect(nearNames('x'.repeat(6_000_000), known)).toEqual([])
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(unknownName('edge', 'x'.repeat(6_000_000), 'net', ['a']).length).toBeLessThan(400)
  expect(unknownName('edge', '', 'net', ['a'])).toContain("there is no edge '' in net")
})
