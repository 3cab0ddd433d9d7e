import type { Network } from '../config/network.ts'
import { canaryAddresses } from '../config/network.ts'
import type { Settings } from '../config/settings.ts'
import { type Edge, isPassing, type Probe, unprobed } from '../domain/model.ts'
import { type History, trimHistory } from '../history/history.ts'
import type { Verdict } from '../history/run.ts'
import { type EffectiveOrder, modeOf } from '../orders/orders.ts'
import type { Before, KnownAddress } from '../state/network-state.ts'
import { firstReachable } from '../zone/addresses.ts'
import { type AssessContext, type Assessed, assess } from './assess.ts'
import { type Judged, verdictOn, withVerdict } from './verdict.ts'

/** What the prober brought home. Edges by name, canaries by address. */
export interface Probing {
  readonly edges: ReadonlyMap<string, Probe>
  readonly canaries: ReadonlyMap<string, Probe>
  /** The canary killer fired (behaviour §1.10). */
  readonly killed: boolean
  /** All references failed (behaviour §1.11). */
  readonly blind: boolean
  /** Edges whose probe is the second one, or was confirmed by it (behaviour §10.1); left out: none. */
  readonly rechecked?: ReadonlySet<string>
  /** By edge: what vantage points found in this cycle (behaviour §10.2); left out: nobody was asked. */
  readonly verdicts?: ReadonlyMap<string, Verdict>
}

/** An edge of the configuration with all that is known of it in this cycle: joined by name here, and nowhere else. */
export interface Participant {
  readonly name: string
  /** Whether the configuration lists it as a host name, so that its address may change. */
  readonly isHostName: boolean
  /** The address that would be published: the one probed, else the last one known; null if there is none. */
  readonly address: string | null
  /** What the cycles before saved of a host name's address (behaviour §1.3); null: nothing. */
  readonly saved: KnownAddress | null
  /** The probe as it ended; `assessed` has it as it counts, which is skipped where all are blind. */
  readonly found: Probe
  /** Whether that is the second probe, or was confirmed by it (behaviour §10.1). */
  readonly rechecked: boolean
  readonly assessed: Assessed
  readonly order: EffectiveOrder
  /** Member of the recorded live set. */
  readonly wasIn: boolean
  /** What vantage points made of an edge that would fall; null for all others, and where the prober decides alone. */
  readonly verdict: Verdict | null
}

/** Who takes part in a cycle. `E`: how much is known of each edge by now. */
export interface Participants<E extends Participant = Participant> {
  /** In the order of the edge list, which is by name. */
  readonly edges: readonly E[]
  /** The same edges, each by its name. */
  readonly named: ReadonlyMap<string, E>
  /** By address, each once. */
  readonly canaries: readonly Assessed[]
}

/** Whether a cycle with these probes is recorded: it stores at least one sample (behaviour, "cycle"). */
export function isRecorded(probing: Probing): boolean {
  const probes = [...probing.edges.values(), ...probing.canaries.values()]
  return !probing.blind && probes.some(probe => probe.outcome !== 'skipped')
}

/** Everyone of the network, assessed (behaviour §2, §3). A missing probe counts as skipped, and so do all when blind. */
export function participantsOf(network: Network, before: Before, probing: Probing, now: number): Participants {
  const { settings } = network
  const keep = settings.history.samples - (isRecorded(probing) ? 1 : 0)
  const recorded = before.history
  const context: AssessContext = { history: trimHistory(recorded, keep), recorded, now, settings }
  const live = new Set(before.live)
  const verdictOf = verdictsIn(probing, recorded, settings)
  const edges = network.edges.map((edge): Participant => {
    const { name } = edge
    const found = probing.edges.get(name) ?? unprobed(notMade)
    const saved = before.addresses.get(name) ?? null
    const wasIn = live.has(name)
    const alone = assess('edge', name, asCounted(found, probing), wasIn, context)
    const verdict = verdictOf({ name, wasIn, assessed: alone })
    return {
      name,
      isHostName: edge.address === null,
      address: addressOf(edge, found, saved),
      saved,
      found,
      rechecked: probing.rechecked?.has(name) === true,
      assessed: withVerdict(alone, verdict),
      order: modeOf(name, before.orders.get(name), wasIn, now),
      wasIn,
      verdict,
    }
  })
  const canaries = canaryAddresses(network).map(address => {
    const found = probing.canaries.get(address) ?? unprobed(notMade)
    return assess('canary', address, asCounted(found, probing), false, context)
  })
  return { ...listed(edges), canaries }
}

const notMade = 'no probe was made'

/** Edges in their order and by name. */
export function listed<E extends Participant>(edges: readonly E[]): Omit<Participants<E>, 'canaries'> {
  return { edges, named: new Map(edges.map(edge => [edge.name, edge])) }
}

/** How many of these edges pass (behaviour §8.6); in a blind cycle they count as they were judged before. */
export function countPassing(names: readonly string[], { named }: Pick<Participants, 'named'>): number {
  return names.filter(name => isPassing(named.get(name)?.assessed.judgement ?? null)).length
}

function asCounted(found: Probe, { blind }: Probing): Probe {
  return blind ? { ...found, outcome: 'skipped' } : found
}

function verdictsIn(probing: Probing, history: History, settings: Settings): (edge: Judged) => Verdict | null {
  const { verdicts = new Map<string, Verdict>() } = probing
  const isAsking = settings.vantages.length > 0
  return edge => verdictOn(edge, verdicts, history, isAsking)
}

/** What is stored may be older than the rule that such an address is none (behaviour §1.3). */
function addressOf(edge: Edge, probe: Probe, saved: KnownAddress | null): string | null {
  return firstReachable(edge.address, probe.address, saved?.known)
}
