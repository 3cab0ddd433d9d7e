import type { Network } from '../../functions/core/config/network.ts'
import type { Settings } from '../../functions/core/config/settings.ts'
import { decide } from '../../functions/core/decision/decide.ts'
import {
  type DecideInput,
  type Decision,
  type HeldBack,
  type PublishingDecision,
  zonePlansOf,
} from '../../functions/core/decision/decision.ts'
import { writtenRecord } from '../../functions/core/decision/settle.ts'
import { microsOf } from '../../functions/core/domain/micros.ts'
import type { Freeze, Judgement, Order, Outcome, Probe } from '../../functions/core/domain/model.ts'
import { emptyHistory, historyOf } from '../../functions/core/history/history.ts'
import { noCircumstances, packEntry, type Run, rosterOf } from '../../functions/core/history/run.ts'
import type { Assessed } from '../../functions/core/judgement/assess.ts'
import type { Candidate } from '../../functions/core/live-set/select.ts'
import { recordedManifest } from '../../functions/core/publication/manifest-text.ts'
import { liveListOf } from '../../functions/core/publication/publication.ts'
import { namedConfOf } from '../../functions/core/publication/published-zones.ts'
import { type Before, neverPublished, type ZoneRecord } from '../../functions/core/state/network-state.ts'
import { hashText } from '../../functions/core/zone/hash.ts'
import { networkOf, settingsOf } from './world.ts'
import { namedConfTemplate, zoneTemplate } from './zones.ts'

/** The time of the cycle under test, in milliseconds: half a minute after noon. */
export const now = Date.UTC(2026, 0, 1, 12, 0, 30)

export const templates = { zone: zoneTemplate, namedConf: namedConfTemplate }

/** How a probe went: seconds if it was ok, else how it ended. */
export type Told = number | Outcome

/** The address of the edge `a`, `b`, … : 192.0.2.1, 192.0.2.2, … */
export function addressOf(edge: string): string {
  return `192.0.2.${edge.charCodeAt(0) - 96}`
}

/** A probe that went like this. */
export function told(how: Told, address: string | null = null, changes: Partial<Probe> = {}): Probe {
  const phases = { resolve: null, connect: null, tls: null, firstByte: null, body: null }
  const seconds = typeof how === 'number' ? how : how === 'timeout' ? 10 : 0.02
  const facts = { address, attempts: 1, tookSeconds: seconds, detail: typeof how === 'number' ? '' : how, phases }
  const probe =
    typeof how === 'number'
      ? { ...facts, outcome: 'ok' as const, fetchMicros: microsOf(how) }
      : { ...facts, outcome: how }
  return { ...probe, ...changes } as Probe
}

/** A network of edges with fixed addresses (`addressOf`), in one-letter names: 'abc' is three edges. */
export function network(
  edges: string,
  settings: Partial<Settings> = {},
  changes: Partial<Omit<Network, 'settings'>> = {},
): Network {
  const named = [...edges].map(name => ({ name, address: addressOf(name) }))
  return { ...networkOf([]), edges: named, settings: settingsOf(settings), ...changes }
}

/** What a run is to hold of one edge; judgement: what the sample alone would give with goodenough 0.5. */
export type RunMember = Told | { how: Told; judgement?: Judgement | null; live?: boolean }

/** A recorded cycle `secondsAgo` before `now`; failed probes are samples of 10 s unless `timeout` says otherwise. */
export function runAgo(
  secondsAgo: number,
  edges: Record<string, RunMember>,
  canaries: Record<string, RunMember> = {},
  timeout = 10,
): Run {
  const members = [...Object.values(edges), ...Object.values(canaries)]
  return {
    time: now - secondsAgo * 1000,
    roster: rosterOf(Object.keys(edges), Object.keys(canaries)),
    entries: Uint32Array.from(members.map(member => packMember(member, timeout))),
    killed: false,
    timeoutMicros: microsOf(timeout),
    configuration: null,
    circumstances: noCircumstances,
  }
}

function packMember(member: RunMember, timeout: number): number {
  const { how, judgement, live = false } = typeof member === 'object' ? member : { how: member }
  const plain = typeof how === 'number' ? (how < 0.5 ? 'pass_threshold' : 'pass') : how === 'skipped' ? null : 'fail'
  return packEntry({
    outcome: typeof how === 'number' ? 'ok' : how,
    judgement: judgement === undefined ? plain : judgement,
    micros: typeof how === 'number' ? microsOf(how) : how === 'skipped' ? 0 : microsOf(timeout),
    live,
    ...(typeof how === 'number' || how === 'skipped' ? {} : { failure: { cause: 0, tookMs: 0 } }),
  })
}

/** A network's state, with nothing in it but what is given; `runs` become the history. */
export function stateBefore(changes: Partial<Before> & { runs?: readonly Run[] } = {}): Before {
  const { runs = [], ...rest } = changes
  return {
    live: [],
    rotations: [],
    history: runs.length === 0 ? emptyHistory : historyOf(runs, 2000),
    addresses: new Map(),
    orders: new Map(),
    freeze: null,
    zones: new Map(),
    namedConf: neverPublished,
    liveList: neverPublished,
    pushed: new Map(),
    cycle: 0,
    warnings: [],
    ...rest,
  }
}

export function order(edge: string, mode: Order['mode'], changes: Partial<Order> = {}): Order {
  return { edge, mode, comment: 'maintenance', by: 'root', since: now - 60_000, expires: null, ...changes }
}

/** Orders by edge, as `Before` has them. */
export function orders(...given: Order[]): Map<string, Order> {
  return new Map(given.map(one => [one.edge, one]))
}

export function freeze(changes: Partial<Freeze> = {}): Freeze {
  return { comment: 'launch', by: 'root', since: now - 60_000, expires: null, ...changes }
}

export function zoneRecord(changes: Partial<ZoneRecord> = {}): ZoneRecord {
  return { serial: 0, hash: null, due: false, orphaned: false, ...changes }
}

/** An edge as the selection sees it: it answered, passes by threshold and has an average of 0.1 s. */
export function candidate(name: string, changes: Partial<Candidate> & { seconds?: number } = {}): Candidate {
  const { seconds = 0.1, ...rest } = changes
  return {
    name,
    address: addressOf(name),
    mode: 'available',
    outcome: 'ok',
    judgement: 'pass_threshold',
    waitsForUpAfter: false,
    average: { sumMicros: microsOf(seconds), count: 1 },
    isLive: false,
    ...rest,
  }
}

/** An edge that was probed and passed in 0.1 s, never seen before. */
export function assessed(changes: Partial<Assessed> = {}): Assessed {
  const total = { sumMicros: 100_000, count: 1 }
  return {
    kind: 'edge',
    name: 'a',
    probe: told(0.1),
    micros: 100_000,
    judgement: 'pass_threshold',
    window: total,
    all: total,
    standing: { judgement: null, failures: 0, successes: 0 },
    waitsForUpAfter: false,
    ...changes,
  }
}

/** One cycle to decide: probes by edge (all others answer in 0.1 s) and by canary address. */
export interface Scenario {
  readonly network: Network
  readonly before?: Before
  readonly edges?: Record<string, Told | Probe>
  readonly canaries?: Record<string, Told | Probe>
  readonly killed?: boolean
  readonly blind?: boolean
  readonly readBack?: DecideInput['readBack']
  readonly forceUpdate?: boolean
  readonly now?: number
}

/** The input of `decide` for a scenario; new zones have been looked for in the bucket and not found there. */
export function inputOf(scenario: Scenario): DecideInput {
  const { network, edges = {}, canaries = {}, killed = false, blind = false, forceUpdate = false } = scenario
  const state = scenario.before ?? stateBefore()
  const missing = network.zones.filter(zone => !state.zones.has(zone.name))
  const probe = (how: Told | Probe, address: string | null) => (typeof how === 'object' ? how : told(how, address))
  return {
    network,
    before: state,
    probing: {
      edges: new Map(network.edges.map(edge => [edge.name, probe(edges[edge.name] ?? 0.1, edge.address)])),
      canaries: new Map(network.canaries.map(one => [one.address, probe(canaries[one.address] ?? 0.1, one.address)])),
      killed,
      blind,
    },
    readBack: scenario.readBack ?? new Map(missing.map(zone => [zone.name, { status: 'read', text: null }])),
    templates,
    now: scenario.now ?? now,
    forceUpdate,
  }
}

export function decideOn(scenario: Scenario): Decision {
  return decide(inputOf(scenario))
}

/** The input of a cycle after one that published all that this network wants, all of it confirmed. */
export function settledInput(network: Network, changes: Partial<Before> = {}): DecideInput {
  const decision = decideOn({ network })
  const written = zonePlansOf(decision).flatMap(plan => (plan.action === 'write' ? [plan] : []))
  const zones = new Map(written.map(plan => [plan.zone, writtenRecord(plan, plan.hash)]))
  const state = stateBefore({ live: decision.liveSet.live, zones })
  const confirmed = (text: string) => ({ hash: hashText(text), due: false })
  const namedConf = confirmed(namedConfOf({ network, before: state, templates }, []))
  const manifest = confirmed(recordedManifest(network.name, { zones, namedConf }))
  return inputOf({
    network,
    before: { ...state, namedConf, manifest, liveList: confirmed(liveListOf(decision.liveSet.live)), ...changes },
  })
}

/** The addresses at `@` in a zone's text. */
export function addressesIn(text: string): string[] {
  return [...text.matchAll(/^@ \d+ IN (?:A|AAAA) (\S+)$/gm)].map(([, address]) => String(address))
}

/** A decision that publishes, as what it is. */
export function publishing(decision: Decision): PublishingDecision {
  if (decision.status !== 'ok') throw new Error(`nothing is published: ${decision.status}`)
  return decision
}

/** How the zones stand of a decision that publishes nothing. */
export function heldBackIn(decision: Decision): HeldBack {
  if (decision.status === 'ok') throw new Error('the decision publishes')
  return decision.heldBack
}

/** The text that a decision plans for a zone; empty where it is not to be written. */
export function plannedText(decision: Decision, zone = 'example.org'): string {
  const plan = zonePlansOf(decision).find(one => one.zone === zone)
  return plan?.action === 'write' ? plan.text : ''
}
