import type { Network } from '../config/network.ts'
import { canaryAddresses } from '../config/network.ts'
import type { Settings } from '../config/settings.ts'
import { type Edge, type Probe, unprobed } from '../domain/model.ts'
import { type History, trimHistory } from '../history/history.ts'
import type { Verdict } from '../history/run.ts'
import { type EffectiveOrder, modeOf } from '../orders/orders.ts'
import type { Before } from '../state/network-state.ts'
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

/** An edge of the configuration with all that is known of it in this cycle. */
export interface Participant {
  readonly name: string
  /** The address that would be published: the one probed, else the last one known; null if there is none. */
  readonly address: string | null
  readonly assessed: Assessed
  readonly order: EffectiveOrder
  /** Member of the recorded live set. */
  readonly wasIn: boolean
  /** What vantage points made of an edge that would fall; null for all others, and where the prober decides alone. */
  readonly verdict: Verdict | null
}

export interface Participants {
  /** By name. */
  readonly edges: readonly Participant[]
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
  const probeOf = (found: Probe = unprobed('no probe was made')): Probe =>
    probing.blind ? { ...found, outcome: 'skipped' } : found
  return {
    edges: network.edges.map(edge => {
      const probe = probeOf(probing.edges.get(edge.name))
      const wasIn = live.has(edge.name)
      const alone = assess('edge', edge.name, probe, wasIn, context)
      const verdict = verdictOf({ name: edge.name, wasIn, assessed: alone })
      return {
        name: edge.name,
        address: addressOf(edge, probe, before),
        assessed: withVerdict(alone, verdict),
        order: modeOf(edge.name, before.orders.get(edge.name), wasIn, now),
        wasIn,
        verdict,
      }
    }),
    canaries: canaryAddresses(network).map(address =>
      assess('canary', address, probeOf(probing.canaries.get(address)), false, context),
    ),
  }
}

function verdictsIn(probing: Probing, history: History, settings: Settings): (edge: Judged) => Verdict | null {
  const { verdicts = new Map<string, Verdict>() } = probing
  const isAsking = settings.vantages.length > 0
  return edge => verdictOn(edge, verdicts, history, isAsking)
}

/** What is stored may be older than the rule that such an address is none (behaviour §1.3). */
function addressOf(edge: Edge, probe: Probe, before: Before): string | null {
  return firstReachable(edge.address, probe.address, before.addresses.get(edge.name)?.known)
}
