import type { Before } from '../core/before.ts'
import type { Network } from '../core/config/network.ts'
import type { Decision } from '../core/decide.ts'
import { messageOf } from '../core/message.ts'
import { isoTime } from '../core/orders.ts'
import { emptyReport, type Report, type Status } from '../core/report.ts'
import { canaryRows, edgeRows, zoneRows } from '../core/rows.ts'
import type { Begun } from './ports.ts'
import type { Probed } from './probe-all.ts'
import type { Published } from './publish.ts'

/** Everything a report is made of. */
export interface ReportFacts {
  readonly now: number
  readonly dryRun: boolean
  readonly verbose: boolean
  readonly before: Before
  readonly probed: Probed
  readonly decision: Decision
  readonly status: Status
  /** Null where nothing was to be published, or where the cycle failed before. */
  readonly published: Published | null
  /** Whether the decision was saved (or would be): without that, the live set stays as it was recorded. */
  readonly recorded: boolean
  readonly trouble: readonly string[]
}

/** The report of a cycle that got as far as deciding (contract, "Report"). */
export function reportOf(network: Network, facts: ReportFacts): Report {
  const { decision, published, probed, recorded } = facts
  const rotation = recorded ? decision.rotation : null
  const outcomes = {
    dryRun: facts.dryRun,
    written: new Set(published?.zones.keys()),
    failures: published?.failures ?? new Map<string, string>(),
  }
  return {
    ...emptyReport(network.name, facts.status, facts.dryRun, facts.now),
    proberLagMs: probed.lagMs,
    live: recorded ? decision.liveSet.live : decision.liveSet.recorded,
    rotated: rotation !== null,
    rotationSuppressed: decision.status === 'ok' && decision.liveSet.answer === 'suppressed',
    frozen: decision.liveSet.isFrozen,
    in: rotation?.in ?? [],
    out: rotation?.out ?? [],
    edges: edgeRows(decision, network, probed, facts.verbose),
    canaries: canaryRows(decision, network, probed, facts.verbose),
    zones: zoneRows(decision, network, facts.before.zones, outcomes),
    warnings: [...facts.trouble, ...decision.warnings, ...(published?.warnings ?? [])],
  }
}

/** The report of a cycle that failed before it decided anything. `now`: milliseconds. */
export function failedReport(network: string, dryRun: boolean, now: number, error: unknown): Report {
  return { ...emptyReport(network, 'failed', dryRun, now), warnings: [`the cycle failed: ${messageOf(error)}`] }
}

/** The report of a run that did not get the lease. `now`: milliseconds. */
export function refusedReport(network: string, now: number, begun: Begun & { status: 'locked' | 'too_soon' }): Report {
  const until = begun.until === null ? '' : ` until ${isoTime(begun.until)}`
  const why =
    begun.status === 'locked'
      ? `another run holds the lease${until}`
      : `the last run started too recently: wait${until}`
  return { ...emptyReport(network, begun.status, false, now), warnings: [why] }
}
