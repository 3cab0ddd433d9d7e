import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { decide } from '../core/decision/decide.ts'
import type { DecideInput, Decision } from '../core/decision/decision.ts'
import { probingReserveSeconds } from '../core/domain/limits.ts'
import { oneLine } from '../core/domain/printable.ts'
import { noDrift } from '../core/publication/drift.ts'
import { type Foreign, isNewZone } from '../core/publication/handover.ts'
import { withZoneMaker } from '../core/publication/making.ts'
import { isTurnOf } from '../core/route53/record-plan.ts'
import type { Before } from '../core/state/network-state.ts'
import type { Templates } from '../core/zone/render.ts'
import type { InUse } from './configuration/take-up.ts'
import { signalAfter } from './flow/limit.ts'
import { once } from './flow/once.ts'
import type { Ports, Stored } from './ports/ports.ts'
import type { AskContext, SecondSight } from './probing/ask-vantages.ts'
import { type Probed, probeAll } from './probing/probe-all.ts'
import { recheckRule } from './probing/recheck.ts'
import { requestOf, standardsOf, targetsOf } from './probing/targets.ts'
import type { Compared } from './publishing/compare-bucket.ts'
import { withKnownFiles } from './publishing/known-files.ts'
import { readBackZones, withLiveSet, withPublishedClauses } from './publishing/read-back.ts'

/** Looking at the bucket ends so long before that limit: what is found is still to be published. */
const publishingReserveSeconds = 12
/** Characters of what a probe tells of its failure. */
const maxDetail = 300

/** How one cycle is to be run. */
export interface CycleOptions {
  readonly dryRun: boolean
  /** Skips the `too_soon` rule (behaviour §8.2). */
  readonly force: boolean
  /** Writes every zone, changed or not (behaviour §7.2). */
  readonly forceUpdate: boolean
  /** Adds the phases of every probe to the report. */
  readonly verbose: boolean
  /** The run ends itself after this many seconds (behaviour §8.1). */
  readonly maxSeconds: number
  /** The text of `templates/zone.hbs` and `templates/named.conf.hbs`. */
  readonly templates: Templates
  /** How many networks push to Route 53: they share the account's rate. Left out: 1. */
  readonly pushingNetworks?: number
  /** The hash of the configuration, where it is given and not taken up; left out: it is not known. */
  readonly configuration?: string
  /** Warnings about the configuration, for the report. */
  readonly problems: readonly Problem[]
}

/** One cycle under way: what it works on, and since when (milliseconds). */
export interface Cycle {
  readonly network: Network
  readonly options: CycleOptions
  /** The configuration that it took up; null where it was given. */
  readonly inUse?: InUse | null
  /** Their clock is that of this run: it is never set back. */
  readonly ports: Ports
  readonly now: number
  /** Milliseconds since then, by a monotonic clock. */
  readonly elapsedMs: () => number
}

/** What a cycle knows once it has decided. */
export interface Decided {
  readonly before: Before
  readonly probed: Probed
  readonly decision: Decision
  readonly context: Pick<DecideInput, 'readBack' | 'templates' | 'now' | 'forceUpdate'>
  /** How vantage points were asked; null where there was nothing to ask. */
  readonly sight: SecondSight['sight']
  /** By key: ETags that a look at the bucket found to be of the right text. */
  readonly etags: ReadonlyMap<string, string>
}

/** What not every cycle does, loaded by the first that does it. */
export const loadVantages = once(() => import('./probing/ask-vantages.ts'))
export const loadOtherNetworks = once(() => import('./publishing/other-networks.ts'))
export const loadComparison = once(() =>
  Promise.all([import('../core/publication/confirmed.ts'), import('./publishing/compare-bucket.ts')]),
)

/** Probes everyone, reads back what must be read back, and decides. The state is that of `begin` or `peek`. */
export async function probeAndDecide(cycle: Cycle, stored: Stored): Promise<Decided> {
  const { network, options, ports, now } = cycle
  const { settings } = network
  const endsAt = now + (options.maxSeconds - probingReserveSeconds) * 1000
  const live = await withLiveSet(network.name, stored, ports.bucket)
  const isOver = () => ports.clock() >= endsAt
  const [{ before, foreign }, readBack, found] = await Promise.all([
    readOwnership(cycle, live, endsAt),
    readBackZones(network, live, ports.bucket, isOver),
    probeAll(
      targetsOf(network, live),
      requestOf(network),
      {
        ...{ workers: settings.workers, canaryKiller: settings.canary_killer, references: settings.references, endsAt },
        standardOf: standardsOf(network, live),
        recheck: recheckRule(network, live, now),
      },
      ports,
    ),
  ])
  const plain = { ...found, edges: withPlainDetails(found.edges), canaries: withPlainDetails(found.canaries) }
  const { dryRun } = options
  const { verdicts, sight } = await secondSight({ network, before, probing: plain, now, endsAt, dryRun }, ports)
  const probed = { ...plain, verdicts }
  const { templates, forceUpdate } = options
  const configuration = cycle.inUse?.loaded.hash ?? options.configuration ?? null
  const read = { network, before, probing: probed, readBack, foreign }
  const input = { ...read, templates, now, forceUpdate, configuration }
  const decision = await withZoneMaker(() => decide(input))
  const compared = await lookAtBucket(cycle, input, decision)
  if (compared.warnings.length === 0) return { before, probed, sight, decision, context: input, etags: compared.etags }
  const warned = { ...before, warnings: [...before.warnings, ...compared.warnings] }
  const decidedAnew = await withZoneMaker(() => decide({ ...input, before: warned, drift: compared.drift }))
  return { before: warned, probed, sight, decision: decidedAnew, context: input, etags: compared.etags }
}

/** What vantage points see; where there are none, nothing is loaded to ask them. */
async function secondSight(context: AskContext, ports: Ports): Promise<SecondSight> {
  if (context.network.settings.vantages.length === 0) return { verdicts: new Map(), sight: null }
  const { askVantages } = await loadVantages()
  return askVantages(context, ports)
}

/** What this network names and has published, and what others say of the zones that are new to it (behaviour §7.6). */
async function readOwnership({ network, options, ports }: Cycle, live: Before, endsAt: number) {
  const named = await withPublishedClauses(network, live, options.templates, ports.bucket)
  const before = await withKnownFiles(network.name, named, ports.bucket, () => ports.clock() >= endsAt)
  const { clauses, zones: records } = before
  const zones = network.zones.map(({ name }) => name).filter(zone => isNewZone(zone, records.get(zone), clauses))
  if (zones.length === 0) return { before, foreign: new Map<string, Foreign>() }
  const { readForeign } = await loadOtherNetworks()
  const signal = signalAfter(endsAt - ports.clock())
  return { before, foreign: await readForeign(network.name, zones, ports.bucket, signal) }
}

/** What the bucket holds of what was confirmed, where it is this cycle's turn to look (behaviour §7.8). */
async function lookAtBucket(cycle: Cycle, input: DecideInput, decision: Decision): Promise<Compared> {
  const { network, options, ports, now } = cycle
  const { before, probing } = input
  const isTurn = isTurnOf(network.name, before.cycle, network.settings.verify_every)
  // With a forced update everything is written anyway.
  if (decision.status !== 'ok' || options.forceUpdate || !isTurn) {
    return { drift: noDrift, warnings: [], etags: new Map() }
  }
  const [{ confirmedTexts }, { compareBucket }] = await loadComparison()
  const { publication, participants, liveSet } = decision
  const context = { ...input, participants, killed: probing.killed, blind: probing.blind }
  const confirmed = await withZoneMaker(() => confirmedTexts(publication, liveSet.live, context))
  const leftMs = now + (options.maxSeconds - publishingReserveSeconds) * 1000 - ports.clock()
  const signal = signalAfter(leftMs)
  const etags = before.seen?.etags ?? new Map<string, string>()
  return compareBucket({ network: network.name, confirmed, etags, signal }, ports.bucket)
}

/** The same probes, with details that can be shown and stored: an edge may write what it likes into its certificate. */
function withPlainDetails(probes: Probed['edges']): Probed['edges'] {
  return new Map([...probes].map(([name, probe]) => [name, { ...probe, detail: oneLine(probe.detail, maxDetail) }]))
}
