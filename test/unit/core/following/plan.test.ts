import { expect, test } from 'vitest'
import { type Claim, claimsOf } from '../../../../functions/core/following/claims.ts'
import {
  filesToFetch,
  planOf,
  type Sighted,
  waitingFor,
  zonesAfter,
  zonesIntended,
} from '../../../../functions/core/following/plan.ts'
import { type FollowerState, freshState, type KnownNetwork } from '../../../../functions/core/following/state.ts'

const limits = { now: 5_000_000, graceMs: 1_000, yes: false }
const none = { good: new Map<string, Claim>(), refused: new Map() }

function network(zones: readonly string[], over: Partial<KnownNetwork> = {}): KnownNetwork {
  const rows = zones.map(zone => ({ zone, key: `zones/net/${zone}.zone`, serial: 1, sha256: `new ${zone}` }))
  return { etag: 'e', zones: rows, claims: [], options: '', optionsFault: null, ...over }
}

interface Scene {
  readonly wanted?: readonly string[]
  readonly there?: readonly string[]
  readonly named?: readonly string[] | null
  readonly state?: Partial<FollowerState>
  readonly known?: Partial<KnownNetwork>
}

function sight({ wanted = [], there = [], named = there, state = {}, known = {} }: Scene): Sighted {
  const networks = new Map([['net', network(wanted, known)]])
  const zones = new Map(there.map(zone => [zone, { sha256: `old ${zone}`, stamp: 's', network: 'net', serial: 1 }]))
  const empty: FollowerState = { ...freshState([]), zones, waiting: { reconfig: false, zones: [] } }
  return {
    state: { ...empty, ...state },
    named,
    networks,
    unread: new Set(),
    claims: claimsOf(networks, null),
    inPlace: zones,
  }
}

const goodOf = (sighted: Sighted) => ({ ...none, good: sighted.claims.wanted })

test('what differs is fetched, but for what was refused in the last hour', () => {
  const refused = (since: number, sha256 = 'new a') => ({ refused: new Map([['a', { sha256, reason: 'bad', since }]]) })
  const fetched = (state: Partial<FollowerState>) => {
    const sighted = sight({ wanted: ['a'], there: ['a'], state })
    const { fetch, refused: still } = filesToFetch(sighted, limits.now)
    return [fetch.map(({ zone }) => zone), still.map(({ reason }) => reason)]
  }
  expect(fetched({})).toEqual([['a'], []])
  expect(fetched(refused(limits.now))).toEqual([[], ['bad']])
  expect(fetched(refused(limits.now - 3_600_000))).toEqual([['a'], []])
  expect(fetched(refused(limits.now, 'other'))).toEqual([['a'], []])
  const same = sight({ wanted: ['a'], there: ['a'] })
  const inPlace = new Map([['a', { sha256: 'new a', stamp: 's' }]])
  expect(filesToFetch({ ...same, inPlace }, limits.now).fetch).toEqual([])
})

test('a new zone gets a clause and no reload, a changed one a reload', () => {
  const sighted = sight({ wanted: ['a', 'b'], there: ['a'] })
  const plan = planOf(sighted, goodOf(sighted), limits)
  expect([...plan.members]).toEqual([
    ['a', 'net'],
    ['b', 'net'],
  ])
  expect(plan.reloads).toEqual(['a'])
  expect(waitingFor(sighted, plan, { reconfig: true, zones: [] }, null)).toEqual({ reconfig: true, zones: ['a'] })
})

test.each<[string, Scene]>([
  ['the clauses were lost', { named: null }],
  ['the server may have read the clauses', { state: { waiting: { reconfig: true, zones: [] } } }],
])('a zone that the server may have already is reloaded: %s', (_why, scene) => {
  const sighted = sight({ wanted: ['b'], there: ['a'], ...scene })
  expect(planOf(sighted, goodOf(sighted), limits).reloads).toEqual(['b'])
})

test('a zone that cannot be had gets no clause, unless it has one', () => {
  const sighted = sight({ wanted: ['a', 'b'], there: ['a'] })
  const plan = planOf({ ...sighted, inPlace: new Map() }, none, limits)
  expect([...plan.members.keys()]).toEqual(['a'])
})

test('a zone leaves after its grace, and what waits for it is forgotten', () => {
  const state = { missing: new Map([['a', 0]]), waiting: { reconfig: false, zones: ['a', 'catalog', 'b'] } }
  const sighted = sight({ wanted: ['b'], there: ['a', 'b'], state })
  const plan = planOf(sighted, none, limits)
  expect([plan.leaving, [...plan.members.keys()]]).toEqual([['a'], ['b']])
  const nothing = { reconfig: false, zones: [] }
  expect(waitingFor(sighted, plan, nothing, null).zones).toEqual(['b'])
  expect(waitingFor(sighted, plan, nothing, 'catalog').zones).toEqual(['catalog', 'b'])
})

test('while the manifest of one of several networks was never read, nothing is missing', () => {
  const sighted = sight({ there: ['a', 'b'], wanted: ['a'], state: { missing: new Map([['b', 0]]) } })
  const withAnother = (etag: string | null) => {
    const networks = new Map([...sighted.networks, ['other', network([], { etag })]])
    return planOf({ ...sighted, networks }, none, { ...limits, yes: true }).leaving
  }
  expect(withAnother('f')).toEqual(['b'])
  expect(withAnother(null)).toEqual([])
})

test('while the manifest of a network was never read, nothing is missing', () => {
  const state = { missing: new Map([['a', 0]]) }
  const plan = planOf(sight({ there: ['a', 'b'], state, known: { etag: null } }), none, { ...limits, yes: true })
  expect([plan.leaving, [...plan.missing], [...plan.members.keys()]]).toEqual([[], [], ['a', 'b']])
})

test.each<[string, Scene, boolean]>([
  ['lost, and the manifest was never read', { named: null, known: { etag: null } }, true],
  ['lost, and nothing can be fetched', { named: null, wanted: ['a'] }, true],
  ['never written, and there is nothing to serve', { named: null }, false],
  ['there', { named: [], wanted: ['a'] }, false],
])('clauses that are %s: blind is %s', (_what, scene, isBlind) => {
  expect(planOf(sight(scene), none, limits).isBlind).toBe(isBlind)
})

test('a content that is refused is remembered as long as it is wanted', () => {
  const refusal = (sha256: string) => ({ sha256, reason: 'bad', since: 1 })
  const state = { refused: new Map([['gone', refusal('x')]]) }
  const sighted = sight({ wanted: ['a'], state })
  const refused = new Map([['a', refusal('new a')]])
  expect([...planOf(sighted, { ...none, refused }, limits).refused.keys()]).toEqual(['a'])
})

test('files of zones that have no clause and are not wanted are unused', () => {
  const lost = { sha256: 'x', stamp: 's', network: 'net', serial: 1 }
  const sighted = sight({ wanted: ['a', 'b', 'c'], there: ['a', 'left'], named: ['a', 'lost', 'strange'] })
  const zones = new Map([...sighted.state.zones, ['lost', lost]])
  const seen = { ...sighted, state: { ...sighted.state, zones } }
  const good = new Map([...sighted.claims.wanted].filter(([zone]) => zone === 'b'))
  const plan = planOf(seen, { ...none, good }, limits)
  expect([...plan.members]).toEqual([
    ['a', 'net'],
    ['b', 'net'],
    ['lost', 'net'],
  ])
  const after = zonesAfter(seen, plan, new Map([['b', 'stamp of b']]))
  expect(after.unused).toEqual(['left'])
  expect([...after.zones]).toEqual([
    ['a', { sha256: 'old a', stamp: 's', network: 'net', serial: 1 }],
    ['b', { sha256: 'new b', stamp: 'stamp of b', network: 'net', serial: 1 }],
    ['lost', lost],
  ])
})

test('what is about to be placed is known before it is; where the clauses are lost, it has one once it is there', () => {
  const sighted = sight({ wanted: ['b'], there: ['a'] })
  const zones = zonesIntended(sighted.state, goodOf(sighted))
  expect([...zones]).toEqual([
    ['a', { sha256: 'old a', stamp: 's', network: 'net', serial: 1 }],
    ['b', { sha256: '', stamp: '', network: 'net', serial: 1 }],
  ])
  const killed = { ...sight({ there: ['a'], named: null }), state: { ...sighted.state, zones } }
  expect([...planOf(killed, none, { ...limits, graceMs: 9e9 }).members.keys()]).toEqual(['a'])
})

test.each([
  ['other', 9, false],
  ['other', 1, true],
  ['other', 0, true],
  ['net', 9, true],
  ['', 9, true],
])(
  'a zone that was placed for %s with serial %i, and a manifest that was not read with 1: it is fetched: %s',
  (network, serial, isFetched) => {
    const sighted = sight({ wanted: ['a'], there: ['a'] })
    const zones = new Map([['a', { sha256: 'old a', stamp: 's', network, serial }]])
    const seen = { ...sighted, unread: new Set(['net']), state: { ...sighted.state, zones } }
    expect(filesToFetch({ ...seen, unread: new Set() }, limits.now).fetch).toHaveLength(1)
    const { fetch, refused } = filesToFetch(seen, limits.now)
    expect([fetch.length, refused.length]).toEqual(isFetched ? [1, 0] : [0, 1])
    const plan = planOf(seen, none, limits)
    expect(zonesAfter(seen, plan, new Map()).zones.get('a')).toMatchObject({ network, serial })
  },
)

test('a file that is there as it is wanted belongs to whoever wants it, known or not', () => {
  const sighted = sight({ wanted: ['a'] })
  const seen = { ...sighted, inPlace: new Map([['a', { sha256: 'new a', stamp: 's' }]]) }
  const after = zonesAfter(seen, planOf(seen, none, limits), new Map())
  expect(after.zones.get('a')).toEqual({ sha256: 'new a', stamp: 's', network: 'net', serial: 1 })
  const strange = { ...sighted, inPlace: new Map([['a', { sha256: 'strange', stamp: 's' }]]) }
  expect(zonesAfter(strange, planOf(strange, none, limits), new Map()).zones.get('a')).toMatchObject({
    sha256: 'strange',
  })
})
