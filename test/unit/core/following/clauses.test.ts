import { expect, test } from 'vitest'
import { renderClauses, zonesInClauses } from '../../../../functions/core/following/clauses.ts'

test('there is a clause for each zone, sorted, with its options', () => {
  const clause = (zone: string, options = '') => ({ zone, file: `/d/zones/${zone}.zone`, options })
  const text = renderClauses([clause('b.example', 'notify no; // quiet'), clause('a.example')])
  expect(text.split('\n').slice(1)).toEqual([
    'zone "a.example" { type master; file "/d/zones/a.example.zone"; };',
    'zone "b.example" { type master; file "/d/zones/b.example.zone";',
    '  notify no; // quiet',
    ' };',
    '',
  ])
  expect(zonesInClauses(text)).toEqual(['a.example', 'b.example'])
})

test.each([
  [null, null],
  ['zone "a" {', null],
  ['zone;', []],
  ['options { };', []],
])('%s names %j', (text, zones) => {
  expect(zonesInClauses(text)).toEqual(zones)
})
