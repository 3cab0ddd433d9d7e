import type { Signal } from '../operation/metric-names.ts'
import { countServers } from '../publication/served.ts'
import type { Report } from './report.ts'

/** What a cycle tells of one edge where `metrics.per_edge` asks for it; a skipped probe has no fetch time. */
export interface EdgeSignals {
  readonly edge: string
  readonly FetchSeconds?: number
  /** 1 in the live set, else 0. */
  readonly Live: number
}

/** The metrics of each edge; none where nothing was probed, or where the prober itself was cut off. */
export function edgeSignalsOf(report: Report): EdgeSignals[] {
  if (report.status === 'blind' || report.status === 'failed') return []
  return report.edges.map(({ edge, fetchSeconds, state }) => ({
    edge,
    Live: Number(state === 'in'),
    ...(fetchSeconds === null ? {} : { FetchSeconds: fetchSeconds }),
  }))
}

/**
 * The metrics of a cycle (design, "Money"): the first two always, `CertificateDays` where a
 * certificate ends within `certificateDays` (0: never), the others only when not zero; none if it did not run. One
 * that failed after it had decided tells how many live edges are missing, and nothing else.
 */
export function signalsOf(report: Report, certificateDays = 0): Partial<Record<Signal, number>> {
  if (report.status === 'locked' || report.status === 'too_soon') return {}
  const missing = { MissingLiveEdges: report.wanted - report.passing }
  if (report.status === 'failed') return aboveZero(missing)
  // What a prober saw that was cut off itself says nothing about edges.
  const measured = report.status === 'blind' ? [] : report.edges
  const live = measured.filter(edge => edge.state === 'in').flatMap(edge => edge.fetchSeconds ?? [])
  const rare = {
    ...missing,
    VerifyFailures: report.edges.filter(edge => edge.outcome === 'verify_failed').length,
    Rotations: Number(report.rotated),
    ZonesDue: [...report.zones, ...report.route53].filter(({ action }) => action === 'due').length,
    StaleServers: countServers(report.served),
    Blind: Number(report.status === 'blind'),
    Braked: Number(report.braked),
    Disputed: report.edges.filter(({ disputed }) => disputed === true).length,
    VantageAbstained: report.abstained?.length ?? 0,
  }
  return {
    LiveEdges: report.status === 'no_edges' ? 0 : report.live.length,
    ...(live.length > 0 ? { SlowestLiveSeconds: Math.max(...live) } : {}),
    ...aboveZero(rare),
    ...daysLeft(report, certificateDays),
  }
}

/** Whole days until the first certificate ends that a probe saw, less than 0 where it has; nothing where that is far off. */
function daysLeft({ edges, startedAt }: Report, most: number): Partial<Record<Signal, number>> {
  const ends = edges.flatMap(({ certificateExpires }) =>
    certificateExpires === undefined ? [] : Date.parse(certificateExpires),
  )
  const days = (Math.min(...ends) - Date.parse(startedAt)) / 86_400_000
  return most === 0 || days > most ? {} : { CertificateDays: Math.floor(days) }
}

function aboveZero(signals: Partial<Record<Signal, number>>): Partial<Record<Signal, number>> {
  return Object.fromEntries(Object.entries(signals).filter(([, value]) => value > 0))
}
