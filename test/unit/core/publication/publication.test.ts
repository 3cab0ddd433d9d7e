import { describe, expect, test } from 'vitest'
import type { Settings } from '../../../../functions/core/config/settings.ts'
import { participantsOf } from '../../../../functions/core/judgement/participants.ts'
import { recordedManifest } from '../../../../functions/core/publication/manifest-text.ts'
import {
  liveListOf,
  type PublicationContext,
  publicationOf,
  usedCanaries,
  zonesToWrite,
} from '../../../../functions/core/publication/publication.ts'
import { namedConfOf } from '../../../../functions/core/publication/published-zones.ts'
import type { Before } from '../../../../functions/core/state/network-state.ts'
import { hashText } from '../../../../functions/core/zone/hash.ts'
import {
  addressesIn,
  addressOf,
  inputOf,
  network,
  now,
  order,
  orders,
  runAgo,
  type Scenario,
  stateBefore,
  told,
  zoneRecord,
} from '../../../helpers/core.ts'
import { networkOf, zoneOf } from '../../../helpers/world.ts'

function contextOf(scenario: Scenario): PublicationContext {
  const input = inputOf(scenario)
  const participants = participantsOf(input.network, input.before, input.probing, now)
  return { ...input, participants, killed: input.probing.killed, blind: input.probing.blind }
}

function publish(live: readonly string[], scenario: Scenario) {
  const publication = publicationOf(live, contextOf(scenario))
  if (publication === null) throw new Error('nothing is published')
  return publication
}

/** The addresses of a planned zone. */
function addressesFor(live: readonly string[], scenario: Scenario, zone = 'example.org'): string[] {
  const plan = publish(live, scenario).zones.find(one => one.zone === zone)
  return plan?.action === 'write' ? addressesIn(plan.text) : []
}

const canary = '198.51.100.1'
const withCanary = (edges: string, settings: Partial<Settings> = {}) =>
  network(edges, settings, {
    zones: [zoneOf('example.net'), zoneOf('example.org')],
    canaries: [{ zone: 'example.org', address: canary }],
  })

describe('an empty address set is never published (behaviour §4.5)', () => {
  test.each<[string, string[], Scenario]>([
    ['no live edge', [], { network: network('ab') }],
    ['live edges that left the configuration', ['x', 'y'], { network: network('ab') }],
    ['live edges without a known address', ['e.example'], { network: networkOf(['e.example']) }],
  ])('%s: nothing', (_, live, scenario) => {
    expect(publicationOf(live, contextOf(scenario))).toBeNull()
  })

  test('edges without an address are left out where others have one', () => {
    expect(addressesFor(['a', 'x'], { network: network('ab') })).toEqual([addressOf('a')])
  })

  test('the last known address is published where a name does not resolve (behaviour §1.3)', () => {
    const addresses = new Map([['e.example', { known: '192.0.2.9', published: null }]])
    const scenario = { network: networkOf(['e.example']), before: stateBefore({ addresses }) }
    expect(addressesFor(['e.example'], { ...scenario, edges: { 'e.example': told('dns_error') } })).toEqual([
      '192.0.2.9',
    ])
  })
})

describe('addresses in a zone (behaviour §7.1)', () => {
  test('are sorted by number, IPv4 before IPv6, A and AAAA, and never twice', () => {
    const edges = ['2001:db8::1', '192.0.2.10', '192.0.2.9', 'e.example']
    const scenario = { network: networkOf(edges), edges: { 'e.example': told(0.1, '192.0.2.9') } }
    expect(addressesFor([...edges].sort(), scenario)).toEqual(['192.0.2.9', '192.0.2.10', '2001:db8::1'])
  })
})

describe('canaries (behaviour §6, §1.10)', () => {
  const failed = runAgo(60, { a: 0.1 }, { [canary]: 'refused' })
  const passed = runAgo(60, { a: 0.1 }, { [canary]: 0.1 })
  const used = (scenario: Omit<Scenario, 'network'>) =>
    [...usedCanaries(contextOf({ network: withCanary('abc', { goodenough: 0.5 }), ...scenario }))].length > 0

  test.each<[string, Omit<Scenario, 'network'>, boolean]>([
    ['passes by threshold', {}, true],
    ['passes at all', { canaries: { [canary]: 9 } }, true],
    ['fails', { canaries: { [canary]: 'timeout' } }, false],
    [
      'was skipped, however good it was',
      { before: stateBefore({ runs: [passed] }), canaries: { [canary]: 'skipped' } },
      false,
    ],
    ['passes, but the killer fired', { killed: true }, false],
    [
      'passed before a blind cycle: counts as it stood',
      { before: stateBefore({ runs: [passed] }), blind: true, killed: true },
      true,
    ],
    ['failed before a blind cycle', { before: stateBefore({ runs: [failed] }), blind: true }, false],
  ])('one that %s', (_, scenario, expected) => {
    expect(used(scenario)).toBe(expected)
  })

  test('changes its own zone only', () => {
    const scenario = { network: withCanary('abc') }
    expect(addressesFor(['a', 'b'], scenario, 'example.org')).toContain(canary)
    expect(addressesFor(['a', 'b'], scenario, 'example.net')).toEqual([addressOf('a'), addressOf('b')])
  })

  test.each<[string, Scenario, string]>([
    ['a failing edge', { network: withCanary('abc'), edges: { b: 'timeout' } }, 'b'],
    [
      'one that is not ordered',
      { network: withCanary('abc'), before: stateBefore({ orders: orders(order('a', 'force')) }) },
      'b',
    ],
    [
      '… by blindforce either',
      { network: withCanary('abc'), before: stateBefore({ orders: orders(order('b', 'blindforce')) }) },
      'a',
    ],
  ])('replaces %s', (_, scenario, replaced) => {
    const rest = ['a', 'b'].filter(edge => edge !== replaced).map(addressOf)
    expect(addressesFor(['a', 'b'], scenario)).toEqual([...rest, canary])
  })

  test('replaces the edge whose name resolves to the canary’s address', () => {
    const net = { ...networkOf(['192.0.2.1', 'e.example']), canaries: [{ zone: 'example.org', address: canary }] }
    const scenario = { network: net, edges: { 'e.example': told(0.1, canary), '192.0.2.1': 'timeout' as const } }
    expect(addressesFor(['192.0.2.1', 'e.example'], scenario)).toEqual(['192.0.2.1', canary])
  })

  test('gone from the configuration, it leaves the plain live set', () => {
    expect(addressesFor(['a', 'b'], { network: network('abc') })).toEqual([addressOf('a'), addressOf('b')])
  })
})

describe('zones gone from the configuration (behaviour §7.6)', () => {
  const zones = new Map([
    ['example.org', zoneRecord({ hash: 'x', serial: 5 })],
    ['gone.example', zoneRecord({ hash: 'y', serial: 7, due: true })],
    ['long-gone.example', zoneRecord({ hash: 'z', serial: 9, orphaned: true })],
    ['never.example', zoneRecord({ serial: 3, due: true })],
  ])
  const scenario = { network: network('ab'), before: stateBefore({ zones }) }

  test('are reported once, stay due if they are, and are never forgotten', () => {
    const { orphans, warnings } = publish(['a'], scenario)
    expect([...orphans]).toEqual([
      ['gone.example', { hash: 'y', serial: 7, due: true, orphaned: true }],
      ['never.example', { hash: null, serial: 3, due: true, orphaned: true }],
    ])
    expect(warnings).toEqual([
      'zone gone.example is gone from the configuration: it stays published as it is',
      'zone never.example is gone from the configuration: its publication was never confirmed',
    ])
  })

  test('keep their clause in named.conf, if their publication was ever confirmed', () => {
    const text = namedConfOf(contextOf(scenario), ['new.example'])
    expect([...text.matchAll(/^zone "(.*?)"/gm)].map(([, zone]) => zone)).toEqual([
      'example.org',
      'gone.example',
      'long-gone.example',
      'new.example',
    ])
  })
})

describe('named.conf and the live list (behaviour §7.4)', () => {
  const zones = new Map([['example.org', zoneRecord({ hash: 'x', serial: 5 })]])
  const context = contextOf({ network: network('abc'), before: stateBefore({ zones }) })
  const quiet = {
    zones,
    namedConf: { hash: hashText(namedConfOf(context, [])), due: false },
    liveList: { hash: hashText('a\nb\n'), due: false },
  }

  test.each<[string, Parameters<typeof stateBefore>[0], Partial<Scenario>, boolean, string | null]>([
    ['are left alone where nothing changed', {}, {}, false, null],
    [
      'are written the first time',
      { namedConf: { hash: null, due: false }, liveList: { hash: null, due: false } },
      {},
      true,
      'a\nb\n',
    ],
    [
      'are written when due',
      { namedConf: { ...quiet.namedConf, due: true }, liveList: { ...quiet.liveList, due: true } },
      {},
      true,
      'a\nb\n',
    ],
    ['are written when forced', {}, { forceUpdate: true }, true, 'a\nb\n'],
    [
      'the list is written for another live set',
      { liveList: { hash: hashText('a\nc\n'), due: false } },
      {},
      false,
      'a\nb\n',
    ],
    [
      'named.conf is written for a new zone',
      {},
      { network: network('abc', {}, { zones: [zoneOf('example.org'), zoneOf('new.example')] }) },
      true,
      null,
    ],
  ])('%s', (_, state, changes, namedConf, liveList) => {
    const scenario = { network: network('abc'), before: stateBefore({ ...quiet, ...state }), ...changes }
    expect(publish(['a', 'b'], scenario)).toMatchObject({ namedConf, liveList })
  })

  test('where named.conf alone is written, so is the manifest, which tells of it', () => {
    const file = { serial: 5, sha256: hashText('the file') }
    const record = zoneRecord({ hash: 'x', serial: 5, orphaned: true, file })
    const net = network('abc', {}, { zones: [] })
    const manifest = (before: Before) => ({ hash: hashText(recordedManifest(net.name, before)), due: false })
    const known = stateBefore({ ...quiet, zones: new Map([['example.org', record]]) })
    const before = { ...known, manifest: manifest(known) }
    const written = { ...before, namedConf: { hash: 'that of another template', due: false } }
    const at = (one: Before) => publish(['a', 'b'], { network: net, before: one })
    expect(at(before)).toMatchObject({ namedConf: false, manifest: false })
    const stale = { ...written, manifest: manifest(written) }
    expect(at(stale)).toMatchObject({ namedConf: true, manifest: true })
  })

  test('the list has one edge per line', () => {
    expect(liveListOf(['a', 'b'])).toBe('a\nb\n')
    expect(liveListOf([])).toBe('')
  })

  test('a zone has its clause only where it was or is being published', () => {
    const net = network('abc', {}, { zones: [zoneOf('a.example'), { ...zoneOf('b.example'), include: null }] })
    const publication = publish(['a'], { network: net })
    expect(zonesToWrite(publication.zones)).toEqual(['a.example'])
    const text = namedConfOf(contextOf({ network: net }), ['a.example'])
    expect(text).toContain('zone "a.example"')
    expect(text).not.toContain('b.example')
  })

  test('named.conf stays as it is while nobody knows whether a zone is published (behaviour §8.5)', () => {
    const net = network('abc', {}, { zones: [zoneOf('example.org'), zoneOf('lost.example')] })
    const scenario = {
      network: net,
      before: stateBefore({ zones, namedConf: { hash: 'with lost.example', due: false } }),
    }
    const unreadable = new Map([['lost.example', { status: 'unreadable' as const }]])
    expect(publish(['a'], { ...scenario, readBack: unreadable })).toMatchObject({ namedConf: false })
    expect(publish(['a'], scenario)).toMatchObject({ namedConf: true })
  })
})
