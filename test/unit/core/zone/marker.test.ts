import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrapInclude, wrapInclude } from '../../../../functions/core/zone/marker.ts'

test('an include stands on lines of its own', () => {
  expect(wrapInclude('example.org', 'm A 192.0.2.1')).toMatch(
    /^; begin include example\.org\.zone, 13 characters, sha256 [0-9a-f]{64}\nm A 192\.0\.2\.1\n; end include example\.org\.zone$/,
  )
})

const include = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '\n',
    'a',
    'a\n',
    '\n; end include a.zone\n',
    wrapInclude('a', 'b'),
    `${wrapInclude('a', 'b')}\n`,
  ),
)

test('comes back verbatim, wherever it was put', () => {
  void fc.assert(
    fc.property(include, fc.string(), fc.string(), (text, before, after) => {
      expect(unwrapInclude(`${before}${wrapInclude('example.org', text)}\n${after}`)).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

test.each([
  ['nothing', ''],
  ['a zone without markers', '@ 300 IN SOA a. b. 1 2 3 4 5\n'],
  ['a marker with another text', wrapInclude('example.org', 'm A 192.0.2.1\n').replace('192', '193')],
  ['a marker cut short', wrapInclude('example.org', 'm A 192.0.2.1\n').slice(0, 120)],
])('finds none in %s', (_what, text) => {
  expect(unwrapInclude(text)).toBeNull()
})

test('a comment that looks like a marker hides nothing', () => {
  const fake = `; begin include x.zone, 3 characters, sha256 ${'0'.repeat(64)}\nabc\n`
  expect(unwrapInclude(`${fake}${wrapInclude('x', 'm TXT a\n')}`)).toBe('m TXT a\n')
})
