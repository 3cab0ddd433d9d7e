import type { Before } from '../core/before.ts'
import type { Network } from '../core/config/network.ts'
import type { Problem } from '../core/config/problem.ts'
import { type Decision, decide } from '../core/decide.ts'
import type { Templates } from '../core/publication.ts'
import type { Ports, Stored } from './ports.ts'
import { type Probed, probeAll } from './probe-all.ts'
import { readBackZones, withLiveSet, withPublishedClauses } from './read-back.ts'
import { requestOf, standardsOf, targetsOf } from './targets.ts'

/** Probing ends so long before the run's own limit (behaviour §1.9). */
const probingReserveSeconds = 20

/** How one cycle is to be run. */
export interface CycleOptions {
  readonly dryRun: boolean
  /** Skips the `too_soon` rule (behaviour §8.2). */
  readonly force: boolean
  /** Writes every zone, changed or not (behaviour §7.2). */
  readonly forceUpdate: boolean
  /** Adds the phases of every probe to the report. */
  readonly verbose: boolean
  /** The run ends itself after so many seconds (behaviour §8.1). */
  readonly maxSeconds: number
  /** The text of `templates/zone.hbs` and `templates/named.conf.hbs`. */
  readonly templates: Templates
  /** How many networks push to Route 53: they share the account's rate. Left out: 1. */
  readonly pushingNetworks?: number
  /** Warnings about the configuration, for the report. */
  readonly problems: readonly Problem[]
}

/** One cycle under way: what it works on, and since when (milliseconds). */
export interface Cycle {
  readonly network: Network
  readonly options: CycleOptions
  /** Their clock is that of this run: it is never set back. */
  readonly ports: Ports
  readonly now: number
  /** Milliseconds since then, by a clock that nobody sets. */
  readonly elapsedMs: () => number
}

/** What a cycle knows once it has decided. */
export interface Decided {
  readonly before: Before
  readonly probed: Probed
  readonly decision: Decision
}

/** Probes everyone, reads back what must be read back, and decides. The state is that of `begin` or `peek`. */
export async function probeAndDecide(cycle: Cycle, stored: Stored): Promise<Decided> {
  const { network, options, ports, now } = cycle
  const { settings } = network
  const endsAt = now + (options.maxSeconds - probingReserveSeconds) * 1000
  const live = await withLiveSet(network.name, stored, ports.bucket)
  const [before, readBack, probed] = await Promise.all([
    withPublishedClauses(network, live, options.templates, ports.bucket),
    readBackZones(network, live, ports.bucket, () => ports.clock() >= endsAt),
    probeAll(
      targetsOf(network, live),
      requestOf(network),
      {
        ...{ workers: settings.workers, canaryKiller: settings.canary_killer, references: settings.references, endsAt },
        standardOf: standardsOf(network, live),
      },
      ports,
    ),
  ])
  const { templates, forceUpdate } = options
  const decision = decide({ network, before, probing: probed, readBack, templates, now, forceUpdate })
  return { before, probed, decision }
}
