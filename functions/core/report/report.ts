import type { ConfigurationReport } from '../config/taking.ts'
import type { Judgement, Mode, Outcome, Phases } from '../domain/model.ts'
import type { Vote } from '../history/run.ts'
import type { Change } from '../live-set/rotation.ts'
import type { RecordChangeReport } from '../route53/record-change.ts'
import type { ServedRow } from '../state/served-seen.ts'

/** How a cycle ended (contract, "Report"). */
export type Status = 'ok' | 'locked' | 'too_soon' | 'blind' | 'no_edges' | 'failed'

export interface EdgeReport {
  readonly edge: string
  readonly address: string | null
  readonly mode: Mode
  readonly outcome: Outcome
  readonly judgement: Judgement | null
  /** The timeout for a failed probe, null for a skipped one. */
  readonly fetchSeconds: number | null
  readonly windowAverage: number | null
  readonly average: number | null
  readonly state: 'in' | 'out'
  readonly reason: string
  /** It was fetched once more before it was judged (behaviour §10.1); left out: it was not. */
  readonly rechecked?: true
  /** It fails here alone, so that it keeps its judgement (behaviour §10.2); left out: it is not disputed. */
  readonly disputed?: true
  /** What vantage points saw of it; left out where none voted. */
  readonly votes?: readonly Vote[]
  /** When the certificate that the probe saw ends; ISO 8601, UTC. Missing where none was seen. */
  readonly certificateExpires?: string
  /** Milliseconds per phase of the probe; only where `verbose` was asked for. */
  readonly phases?: Phases
}

export interface CanaryReport {
  readonly zone: string
  readonly address: string
  readonly outcome: Outcome
  readonly judgement: Judgement | null
  readonly fetchSeconds: number | null
  readonly used: boolean
  /** How the probe failed, and the seconds that it really took; left out where it did not fail. */
  readonly detail?: string
  readonly tookSeconds?: number | null
  readonly phases?: Phases
}

export interface ZoneReport {
  readonly zone: string
  readonly action: 'published' | 'unchanged' | 'due' | 'invalid' | 'planned'
  /** The serial written, planned or last given out; null if none ever was. */
  readonly serial: number | null
  readonly reason: string
  /** The zone's full text; only in a dry run, for planned zones. */
  readonly text?: string
}

export interface RecordReport {
  readonly zone: string
  readonly action: 'upserted' | 'unchanged' | 'due' | 'planned' | 'refused'
  readonly reason: string
  /** Only in a dry run. */
  readonly changes?: readonly RecordChangeReport[]
}

/** What a cycle tells about itself (contract, "Report"). */
export interface Report {
  readonly network: string
  readonly status: Status
  readonly dryRun: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  readonly proberLagMs: number
  readonly live: readonly string[]
  readonly rotated: boolean
  readonly rotationSuppressed: boolean
  readonly frozen: boolean
  /** Too many live edges failed at once: the brake holds the live set (behaviour §10.3). */
  readonly braked: boolean
  /** Regions whose vantage point was asked and gave no vote; left out: none. */
  readonly abstained?: readonly string[]
  /** Live edges judged any `pass…`, and how many there should be; both 0 where the run did not get to decide. */
  readonly passing: number
  readonly wanted: number
  /** What is in force; null where the run did not get as far as taking it up. */
  readonly configuration: ConfigurationReport | null
  readonly in: readonly Change[]
  readonly out: readonly Change[]
  readonly edges: readonly EdgeReport[]
  readonly canaries: readonly CanaryReport[]
  readonly zones: readonly ZoneReport[]
  readonly route53: readonly RecordReport[]
  /** Name servers that do not serve what was published, as far as is known. */
  readonly served: readonly ServedRow[]
  readonly warnings: readonly string[]
}

/** A report with empty lists, for a run that did not get to probe (`locked`, `too_soon`, a table out of reach). */
export function emptyReport(network: string, status: Status, dryRun: boolean, startedAt: number): Report {
  return {
    network,
    status,
    dryRun,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: 0,
    proberLagMs: 0,
    live: [],
    rotated: false,
    rotationSuppressed: false,
    frozen: false,
    braked: false,
    passing: 0,
    wanted: 0,
    configuration: null,
    in: [],
    out: [],
    edges: [],
    canaries: [],
    zones: [],
    route53: [],
    served: [],
    warnings: [],
  }
}
