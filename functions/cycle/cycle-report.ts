import { wantedEdges } from '../core/config/network.ts'
import { countPassing } from '../core/judgement/participants.ts'
import { servedWarnings } from '../core/publication/served.ts'
import { proberWarnings } from '../core/report/prober-warnings.ts'
import { recordRows } from '../core/report/record-rows.ts'
import type { RecordReport, Report, Status, ZoneReport } from '../core/report/report.ts'
import { canaryRows, edgeRows, placedZones, zoneRows } from '../core/report/report-rows.ts'
import { sightWarnings } from '../core/report/sight-warnings.ts'
import type { RecordOutcome } from '../core/route53/record-outcome.ts'
import { nothingServed, type ServedRow, type ServedSeen } from '../core/state/served-seen.ts'
import type { Cycle, Decided } from './probe-and-decide.ts'
import type { Published } from './publishing/publish.ts'

/** What a cycle came to after it had decided. */
export interface Ending {
  readonly status: Status
  /** Whether the decision was saved (or would be): without that, the live set stays as it was recorded. */
  readonly recorded: boolean
  /** Whether what came of it was saved: not where the cycle failed. */
  readonly saved: boolean
  /** Null where nothing was to be published, or where the cycle failed before that finished. */
  readonly published: Published | null
  /** What name servers serve after this cycle; null: as it was. */
  readonly served: ServedSeen | null
  /** What a dry run would change in Route 53, by zone. */
  readonly plannedRecords: ReadonlyMap<string, RecordOutcome>
  readonly trouble: readonly string[]
}

/** The report of a cycle that got as far as deciding (contract, "Report"); how long it took is not known yet. */
export function reportOf(cycle: Cycle, decided: Decided, ending: Ending): Report {
  const { network, options, now } = cycle
  const { decision, probed, sight } = decided
  const { recorded } = ending
  const abstained = sight?.abstained.map(({ region }) => region) ?? []
  const rotation = recorded ? decision.rotation : null
  const zones = zoneReports(cycle, decided, ending)
  const route53 = recordReports(cycle, decided, ending)
  const placed = placedZones(decision, network, zones, route53)
  const live = recorded ? decision.liveSet.live : decision.liveSet.recorded
  const served = lateServers(decided, ending)
  return {
    network: network.name,
    status: ending.status,
    dryRun: options.dryRun,
    startedAt: new Date(now).toISOString(),
    durationMs: 0,
    proberLagMs: probed.lagMs,
    live,
    rotated: rotation !== null,
    rotationSuppressed: decision.status === 'ok' && decision.liveSet.answer === 'suppressed',
    frozen: decision.liveSet.isFrozen,
    braked: decision.status !== 'blind' && decision.liveSet.isBraked,
    ...(abstained.length > 0 ? { abstained } : {}),
    passing: countPassing(live, decision.participants),
    wanted: wantedEdges(network),
    configuration: null,
    in: rotation?.in ?? [],
    out: rotation?.out ?? [],
    edges: edgeRows(decision.participants, network, probed, options.verbose),
    canaries: canaryRows(decision.participants, placed, network, probed, options.verbose),
    zones,
    route53,
    served,
    warnings: warningsOf(cycle, decided, ending, served),
  }
}

function zoneReports({ network, options }: Cycle, { decision, before }: Decided, ending: Ending): ZoneReport[] {
  const { recorded, saved, published } = ending
  return zoneRows(decision, network, before.zones, {
    dryRun: options.dryRun,
    recorded,
    saved,
    written: new Set(published?.zones.keys()),
    failures: published?.failures ?? new Map<string, string>(),
  })
}

function recordReports({ network }: Cycle, { decision, before }: Decided, ending: Ending): RecordReport[] {
  const { recorded, saved, published, plannedRecords } = ending
  return recordRows(decision, network, before.pushed, {
    recorded,
    saved,
    records: published?.records ?? plannedRecords,
  })
}

function lateServers({ before }: Decided, { served }: Ending): readonly ServedRow[] {
  return (served ?? before.seen?.served ?? nothingServed).late
}

function warningsOf(
  { network }: Cycle,
  { decision, probed, sight }: Decided,
  { published, plannedRecords, trouble }: Ending,
  late: readonly ServedRow[],
): string[] {
  return [
    ...trouble,
    ...proberWarnings(probed, network.settings),
    ...sightWarnings(sight),
    ...decision.warnings,
    ...(published?.warnings ?? []),
    ...[...plannedRecords.values()].flatMap(record => record.warnings),
    ...servedWarnings(late),
  ]
}

/** The report with what it says about the configuration that was taken up. */
export function withConfiguration(report: Report, { inUse }: Cycle, untold: string | null = null): Report {
  if (inUse === null || inUse === undefined) return report
  const warnings = [...inUse.warnings, ...report.warnings, ...(untold === null ? [] : [untold])]
  return { ...report, configuration: inUse.report, warnings }
}
