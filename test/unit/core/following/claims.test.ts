import { expect, test } from 'vitest'
import { claimsOf } from '../../../../functions/core/following/claims.ts'
import type { KnownNetwork } from '../../../../functions/core/following/state.ts'

const row = (network: string, zone: string, serial: number, key = `zones/${network}/${zone}.zone`) => ({
  ...{ zone, key, serial },
  sha256: network,
})
const known = (zones: KnownNetwork['zones'], claims: readonly string[] = []): KnownNetwork => {
  return { etag: 'e', zones, claims, options: '', optionsFault: null }
}

test.each([
  [5, 9, 'b'],
  [9, 5, 'a'],
  [7, 7, 'a'],
  [2 ** 32 - 1, 3, 'b'],
  [3, 2 ** 32 - 1, 'a'],
])('of serials %i and %i that of %s is served (RFC 1982)', (first, second, network) => {
  const networks = new Map([
    ['b', known([row('b', 'x.example', second)])],
    ['a', known([row('a', 'x.example', first)])],
  ])
  expect(claimsOf(networks, null).wanted.get('x.example')).toMatchObject({ network })
})

test('what is claimed is held, but nothing is fetched for it yet', () => {
  const { wanted, held } = claimsOf(new Map([['a', known([], ['x.example'])]]), null)
  expect([wanted.size, [...held]]).toEqual([0, ['x.example']])
})

test.each([
  ['../../etc/passwd', 'label'],
  ['a.example/../b', 'empty label'],
  ['UPPER.example', 'lower case'],
  ['dot.example.', 'final dot'],
  ['a b.example', 'not a host name'],
  ['"; }; zone "x', 'not a host name'],
  ['new\nline.example', 'not a host name'],
  [`${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`, 'longer than 250'],
  ['catalog.example', 'the catalog zone has this name'],
])('a zone called %s is named, and becomes no file', (zone, reason) => {
  const { wanted, faults } = claimsOf(new Map([['a', known([row('a', zone, 1)])]]), 'catalog.example')
  expect(wanted.size).toBe(0)
  expect(faults).toMatchObject([{ network: 'a', reason: expect.stringContaining(reason) }])
  expect(faults[0]?.zone).not.toContain('\n')
})

test.each(['zones/b/x.example.zone', '../x', '/etc/passwd', 'zones/a/../../x.example.zone'])(
  'the key %s is not fetched',
  key => {
    const { wanted, faults } = claimsOf(new Map([['a', known([row('a', 'x.example', 1, key)])]]), null)
    expect([wanted.size, faults[0]?.reason]).toEqual([0, expect.stringContaining('names another file')])
  },
)
