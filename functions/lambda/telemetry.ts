import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Settings } from '../core/config/settings.ts'
import {
  edgeMetrics,
  metricNamespace,
  type Signal,
  metricService as serviceName,
} from '../core/operation/metric-names.ts'
import { logLineOf } from '../core/report/log-line.ts'
import type { Report } from '../core/report/report.ts'
import { edgeSignalsOf, signalsOf } from '../core/report/signals.ts'

/** Every metric carries the dimensions `service` (powertools adds it) and `Network`; alarms must name both. */
const units: Record<Signal, (typeof MetricUnit)[keyof typeof MetricUnit]> = {
  LiveEdges: MetricUnit.Count,
  SlowestLiveSeconds: MetricUnit.Seconds,
  MissingLiveEdges: MetricUnit.Count,
  VerifyFailures: MetricUnit.Count,
  Rotations: MetricUnit.Count,
  ZonesDue: MetricUnit.Count,
  Blind: MetricUnit.Count,
  StaleServers: MetricUnit.Count,
  Braked: MetricUnit.Count,
  Disputed: MetricUnit.Count,
  VantageAbstained: MetricUnit.Count,
  CertificateDays: MetricUnit.Count,
  ConfigurationRejected: MetricUnit.Count,
}

const logger = new Logger({ serviceName })

/** Logs a cycle: one line; with one more per edge where something changed or went wrong, or at level DEBUG. */
export function logReport(report: Report): void {
  const line = logLineOf(report)
  if (report.status === 'failed') logger.error('cycle failed', { report: line })
  else logger.info('cycle', { report: line })
  const isNews = report.rotated || report.rotationSuppressed || report.status === 'no_edges'
  for (const edge of report.edges) {
    if (isNews) logger.info('edge', { edge })
    else logger.debug('edge', { edge })
  }
}

/** Sends a cycle's metrics in the Embedded Metric Format: one line, and with `metrics.per_edge` one more for each edge. */
export function sendMetrics(report: Report, settings: Pick<Settings, 'metrics' | 'certificate_days'>): void {
  sendSignals(report, settings.certificate_days)
  if (!settings.metrics.per_edge) return
  for (const { edge, ...values } of edgeSignalsOf(report)) {
    const defaultDimensions = { Network: report.network, Edge: edge }
    const metrics = new Metrics({ namespace: metricNamespace, serviceName, defaultDimensions })
    metrics.addMetric(edgeMetrics.live, MetricUnit.Count, values.Live)
    if (values.FetchSeconds !== undefined) {
      metrics.addMetric(edgeMetrics.fetchSeconds, MetricUnit.Seconds, values.FetchSeconds)
    }
    metrics.publishStoredMetrics()
  }
}

function sendSignals(report: Report, certificateDays: number): void {
  const signals = Object.entries(signalsOf(report, certificateDays)) as [Signal, number][]
  if (signals.length === 0) return
  const defaultDimensions = { Network: report.network }
  const metrics = new Metrics({ namespace: metricNamespace, serviceName, defaultDimensions })
  for (const [name, value] of signals) metrics.addMetric(name, units[name], value)
  metrics.publishStoredMetrics()
}

/** Logs an order that was given, and what hindered its event (null: nothing). */
export function logOrder(order: object, trouble: string | null): void {
  logger.info('order', { order })
  if (trouble !== null) logger.warn(trouble)
}
