import type { Network } from '../core/config/network.ts'
import { wantedEdges } from '../core/config/network.ts'
import type { Decision } from '../core/decision/decision.ts'
import { isPassing } from '../core/domain/model.ts'
import { servedWarnings } from '../core/publication/served.ts'
import { proberWarnings } from '../core/report/prober-warnings.ts'
import { recordRows } from '../core/report/record-rows.ts'
import { emptyReport, type Report, type Status } from '../core/report/report.ts'
import { canaryRows, edgeRows, placedZones, zoneRows } from '../core/report/report-rows.ts'
import { type Sight, sightWarnings } from '../core/report/sight-warnings.ts'
import type { RecordOutcome } from '../core/route53/record-outcome.ts'
import type { Before } from '../core/state/network-state.ts'
import { nothingServed, type ServedSeen } from '../core/state/served-seen.ts'
import type { Probed } from './probing/probe-all.ts'
import type { Published } from './publishing/publish.ts'

/** Everything a report is made of. */
export interface ReportFacts {
  readonly now: number
  readonly dryRun: boolean
  readonly verbose: boolean
  readonly before: Before
  readonly probed: Probed
  readonly decision: Decision
  /** How vantage points were asked; null where there was nothing to ask. */
  readonly sight: Sight | null
  readonly status: Status
  /** Null where nothing was to be published, or where the cycle failed before that came to its end. */
  readonly published: Published | null
  /** What name servers serve after this cycle; null, or left out: as it was. */
  readonly served?: ServedSeen | null
  /** Whether the decision was saved (or would be): without that, the live set stays as it was recorded. */
  readonly recorded: boolean
  /** False: what came of it was not saved (the cycle failed). Left out: it was. */
  readonly saved?: boolean
  readonly trouble: readonly string[]
  /** What a dry run would change in Route 53, by zone. */
  readonly plannedRecords?: ReadonlyMap<string, RecordOutcome>
}

/** The report of a cycle that got as far as deciding (contract, "Report"). */
export function reportOf(network: Network, facts: ReportFacts): Report {
  const { decision, published, probed, recorded, saved = true, sight } = facts
  const abstained = sight?.abstained.map(({ region }) => region) ?? []
  const rotation = recorded ? decision.rotation : null
  const outcomes = {
    dryRun: facts.dryRun,
    recorded,
    saved,
    written: new Set(published?.zones.keys()),
    failures: published?.failures ?? new Map<string, string>(),
  }
  const records = published?.records ?? facts.plannedRecords ?? new Map<string, RecordOutcome>()
  const zones = zoneRows(decision, network, facts.before.zones, outcomes)
  const route53 = recordRows(decision, network, facts.before.pushed, { recorded, saved, records })
  const told = { ...decision, placed: placedZones(decision, network, zones, route53) }
  const live = recorded ? decision.liveSet.live : decision.liveSet.recorded
  const { late } = facts.served ?? facts.before.seen?.served ?? nothingServed
  const plannedWarnings = [...(facts.plannedRecords?.values() ?? [])].flatMap(record => record.warnings)
  return {
    ...emptyReport(network.name, facts.status, facts.dryRun, facts.now),
    proberLagMs: probed.lagMs,
    live,
    passing: passingAmong(live, decision),
    wanted: wantedEdges(network),
    rotated: rotation !== null,
    rotationSuppressed: decision.status === 'ok' && decision.liveSet.answer === 'suppressed',
    frozen: decision.liveSet.isFrozen,
    braked: decision.status !== 'blind' && decision.liveSet.isBraked,
    ...(abstained.length > 0 ? { abstained } : {}),
    in: rotation?.in ?? [],
    out: rotation?.out ?? [],
    edges: edgeRows(decision, network, probed, facts.verbose),
    canaries: canaryRows(told, network, probed, facts.verbose),
    zones,
    route53,
    served: late,
    warnings: [
      ...facts.trouble,
      ...proberWarnings(probed, network.settings),
      ...sightWarnings(sight),
      ...decision.warnings,
      ...(published?.warnings ?? []),
      ...plannedWarnings,
      ...servedWarnings(late),
    ],
  }
}

/** How many live edges pass (behaviour §8.6); a blind cycle judges nobody, and they count as they were judged before. */
function passingAmong(live: readonly string[], { participants }: Decision): number {
  const passing = new Set(participants.edges.filter(edge => isPassing(edge.assessed.judgement)).map(({ name }) => name))
  return live.filter(edge => passing.has(edge)).length
}
