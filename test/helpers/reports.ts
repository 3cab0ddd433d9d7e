import {
  type CanaryReport,
  type EdgeReport,
  emptyReport,
  type Report,
  type ZoneReport,
} from '../../functions/core/report/report.ts'

/** A report of the network `net`, ok unless told otherwise. */
export function reportWith(changes: Partial<Report> = {}): Report {
  return { ...emptyReport('net', 'ok', false, Date.UTC(2026, 0, 2, 3, 4, 5)), durationMs: 1234, ...changes }
}

/** A row about an edge that answered in 0.1 s and is live. */
export function edgeRow(edge: string, changes: Partial<EdgeReport> = {}): EdgeReport {
  return {
    edge,
    address: edge,
    mode: 'available',
    outcome: 'ok',
    judgement: 'pass_threshold',
    fetchSeconds: 0.1,
    windowAverage: 0.2,
    average: 0.3,
    state: 'in',
    reason: 'answered',
    ...changes,
  }
}

/** A row about a zone that was published. */
export function zoneRow(zone: string, changes: Partial<ZoneReport> = {}): ZoneReport {
  return { zone, action: 'published', serial: 7, reason: 'new zone', ...changes }
}

/** A row about a canary that is in its zone. */
export function canaryRow(zone: string, changes: Partial<CanaryReport> = {}): CanaryReport {
  return { zone, address: '192.0.2.9', outcome: 'ok', judgement: 'pass', fetchSeconds: 0.1, used: true, ...changes }
}
