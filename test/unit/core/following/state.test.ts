import { expect, test } from 'vitest'
import { type FollowerState, freshState, parseState, renderState } from '../../../../functions/core/following/state.ts'

const row = { zone: 'a.example', key: 'zones/net/a.example.zone', serial: 5, sha256: 'ab' }
const network = { etag: 'e', zones: [row], claims: ['b.example'], options: 'notify no;', optionsFault: null }
const state: FollowerState = {
  networks: new Map([['net', network]]),
  zones: new Map([['a.example', { sha256: 'ab', stamp: '1-2-3', network: 'net', serial: 5 }]]),
  refused: new Map([['b.example', { sha256: 'cd', reason: 'no', since: 7 }]]),
  missing: new Map([['c.example', 9]]),
  waiting: { reconfig: true, zones: ['a.example'] },
}
const raw = JSON.parse(renderState(state))

test('a state is read back as it was written', () => {
  expect(parseState(renderState(state))).toEqual(state)
})

test.each([
  null,
  '',
  '{',
  'null',
  '{"version":1}',
  ...[
    { ...raw, version: 2 },
    { ...raw, waiting: { reconfig: 1, zones: [] } },
    { ...raw, waiting: { reconfig: true, zones: {} } },
    { ...raw, waiting: { reconfig: true, zones: [1] } },
    { ...raw, networks: { net: { ...network, etag: 1 } } },
    { ...raw, networks: { net: { ...network, options: null } } },
    { ...raw, networks: { net: { ...network, zones: [{ ...row, serial: '5' }] } } },
    { ...raw, networks: { net: { ...network, zones: [{ ...row, key: 5 }] } } },
    { ...raw, networks: { net: { ...network, zones: 'x' } } },
    { ...raw, networks: { net: { ...network, claims: [1] } } },
    // One that is sound does not make up for one that is not.
    { ...raw, networks: { net: { ...network, claims: ['b.example', 1] } } },
    { ...raw, networks: { net: { ...network, zones: [row, { ...row, serial: '5' }] } } },
    { ...raw, waiting: { reconfig: true, zones: ['a.example', 1] } },
    { ...raw, networks: { net: { ...network, claims: 1 } } },
    { ...raw, zones: { 'a.example': { sha256: 'ab', stamp: 's', network: 'net', serial: '5' } } },
    { ...raw, refused: { 'a.example': { sha256: 'ab', reason: 'x', since: 'now' } } },
    { ...raw, refused: { 'a.example': { sha256: 'ab', reason: 1, since: 1 } } },
    { ...raw, refused: { 'a.example': { sha256: 1, reason: 'x', since: 1 } } },
    { ...raw, missing: { 'a.example': 'x' } },
  ].map(value => JSON.stringify(value)),
])('%s is no state', text => {
  expect(parseState(text)).toBeNull()
})

test('without one, whatever the clauses name may be loaded, and is to be reloaded', () => {
  expect(freshState(['a.example'])).toMatchObject({ waiting: { reconfig: true, zones: ['a.example'] } })
  expect([...freshState(['a.example']).zones.keys()]).toEqual(['a.example'])
})
