import fc from 'fast-check'
import type { Network } from '../../functions/core/config/network.ts'
import type { Settings } from '../../functions/core/config/settings.ts'
import type { DecideInput } from '../../functions/core/decision/decision.ts'
import { type Mode, modes, type Outcome, outcomes, type Probe } from '../../functions/core/domain/model.ts'
import type { Before } from '../../functions/core/state/network-state.ts'
import {
  addressOf,
  freeze,
  inputOf,
  network,
  now,
  order,
  type RunMember,
  runAgo,
  type Scenario,
  stateBefore,
  type Told,
  told,
} from './core.ts'
import { zoneOf } from './world.ts'

/** Edges with fixed addresses. */
const fixed = ['a', 'b', 'c', 'd', 'e', 'f']
/** Host names, which may resolve to anything. */
const hosts = ['v', 'w']
const everybody = [...fixed, ...hosts]
const zones = ['example.net', 'example.org', 'shop.example']
const canaryAddresses = ['192.0.2.101', '192.0.2.102']

const failures = outcomes.filter(outcome => outcome !== 'ok' && outcome !== 'skipped')

/** How a probe may go: mostly ok, around the thresholds; sometimes failed; seldom skipped. */
export const arbitraryTold: fc.Arbitrary<Told> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0.1, 0.2, 0.3, 0.499999, 0.5, 0.6, 0.75, 3) },
  { weight: 3, arbitrary: fc.constantFrom<Outcome>(...failures) },
  { weight: 1, arbitrary: fc.constant<Outcome>('skipped') },
)

/** What a host name resolves to: a fixed edge's address, the other's, its own, a canary's, or nothing. */
const resolved = fc.constantFrom(addressOf('a'), '192.0.2.51', '192.0.2.52', '192.0.2.101', null)

const settings: fc.Arbitrary<Partial<Settings>> = fc
  .record({
    edge_count: fc.integer({ min: 1, max: 4 }),
    down_after: fc.integer({ min: 1, max: 3 }),
    up_after: fc.integer({ min: 1, max: 3 }),
    stay_factor: fc.constantFrom(1, 1.5),
    rotation: fc.constantFrom('minimal' as const, 'reselect' as const),
    on_shortage: fc.constantFrom('keep' as const, 'shrink' as const),
    fewest: fc.integer({ min: 1, max: 4 }),
    dnschange_maxfreq: fc.integer({ min: 0, max: 3 }),
    dnschange_window: fc.constantFrom(120, 600),
    samples: fc.constantFrom(1, 3, 2000),
  })
  .map(({ fewest, samples, ...rest }) => ({
    ...rest,
    min_edges: Math.min(fewest, rest.edge_count),
    history: { samples, window: 300 },
  }))

/** A network of some edges, with or without host names and canaries. */
export const arbitraryNetwork: fc.Arbitrary<Network> = fc
  .record({
    edges: fc.subarray(everybody, { minLength: 1 }),
    settings,
    zones: fc.subarray(zones, { minLength: 1 }),
    canaries: fc.array(fc.record({ zone: fc.constantFrom(...zones), address: fc.constantFrom(...canaryAddresses) }), {
      maxLength: 2,
    }),
  })
  .map(({ edges, settings, zones, canaries }) => {
    const plain = network('', settings)
    const own = new Map(canaries.filter(canary => zones.includes(canary.zone)).map(canary => [canary.zone, canary]))
    return {
      ...plain,
      edges: edges.map(name => ({ name, address: hosts.includes(name) ? null : addressOf(name) })),
      zones: zones.map(zone => zoneOf(zone)),
      canaries: [...own.values()].sort((a, b) => (a.zone < b.zone ? -1 : 1)),
    }
  })

/** What the prober may bring home, for everybody who might be asked. */
export const arbitraryProbes = fc
  .record({
    edges: fc.array(arbitraryTold, { minLength: everybody.length, maxLength: everybody.length }),
    addresses: fc.array(resolved, { minLength: hosts.length, maxLength: hosts.length }),
    canaries: fc.array(arbitraryTold, { minLength: canaryAddresses.length, maxLength: canaryAddresses.length }),
  })
  .map(({ edges, addresses, canaries }) => {
    const probe = (name: string, how: Told): Told | Probe => {
      if (!hosts.includes(name)) return how
      const address = addresses[hosts.indexOf(name)] ?? null
      return address === null ? told('dns_error') : told(how, address)
    }
    return {
      edges: Object.fromEntries(everybody.map((name, at) => [name, probe(name, edges[at] as Told)])),
      canaries: Object.fromEntries(canaryAddresses.map((address, at) => [address, canaries[at] as Told])),
    }
  })

/** Orders for some of the edges, and one for an edge that there is not. */
export const arbitraryOrders: fc.Arbitrary<Before['orders']> = fc
  .dictionary(
    fc.constantFrom(...everybody, 'x'),
    fc.record({
      mode: fc.constantFrom<Mode | 'unreadable'>(...modes, 'unreadable'),
      expires: fc.constantFrom(null, null, now - 1, now + 86_400_000),
    }),
    { maxKeys: 3 },
  )
  .map(given => {
    const orders = new Map<string, ReturnType<typeof order> | 'unreadable'>()
    for (const [edge, { mode, expires }] of Object.entries(given)) {
      if (mode === 'unreadable') orders.set(edge, mode)
      else if (mode !== 'available') orders.set(edge, order(edge, mode, { expires }))
    }
    return orders
  })

const arbitraryFreeze = fc.constantFrom<Before['freeze']>(null, null, null, freeze(), 'unreadable')

/** Earlier cycles, a minute apart, the newest a minute ago; not everybody took part in each. */
const arbitraryRuns = fc
  .array(fc.dictionary(fc.constantFrom(...everybody), arbitraryTold), { maxLength: 5 })
  .map(cycles =>
    cycles.map((edges, at) => {
      const sorted = Object.entries(edges).sort(([a], [b]) => (a < b ? -1 : 1))
      return runAgo(60 * (cycles.length - at), Object.fromEntries(sorted) as Record<string, RunMember>)
    }),
  )

const arbitraryBefore: fc.Arbitrary<Before> = fc
  .record({
    live: fc.subarray([...everybody, 'x']),
    runs: arbitraryRuns,
    rotations: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
    orders: arbitraryOrders,
    freeze: arbitraryFreeze,
    known: fc.option(resolved, { nil: null }),
  })
  .map(({ rotations, known, ...rest }) =>
    stateBefore({
      ...rest,
      rotations: rotations.map(minutes => now - minutes * 60_000).sort((a, b) => a - b),
      addresses: new Map(known === null ? [] : [['v', { known, published: known }]]),
    }),
  )

/** Any cycle at all. */
export const arbitraryInput: fc.Arbitrary<DecideInput> = fc
  .record({
    network: arbitraryNetwork,
    before: arbitraryBefore,
    probes: arbitraryProbes,
    killed: fc.boolean(),
    blind: fc.constantFrom(false, false, false, true),
    forceUpdate: fc.boolean(),
  })
  .map(({ probes, ...rest }) => inputOf({ ...rest, ...probes } satisfies Scenario))
