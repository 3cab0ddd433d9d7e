import { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { Duration } from 'aws-cdk-lib/core'
import { metricNamespace, metricService, type Signal } from '../functions/core/operation/metric-names.ts'

/** How a metric is gathered into points. */
export interface Points {
  /** `Minimum`, `Maximum`, `Sum` or `SampleCount`. */
  readonly statistic: string
  readonly seconds: number
}

/** A metric of a network's cycles; the logging library adds the dimension `service` to ours. */
export function cycleMetric(network: string, name: Signal, points: Points): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: name,
    dimensionsMap: { service: metricService, Network: network },
    statistic: points.statistic,
    period: Duration.seconds(points.seconds),
  })
}

/** A metric that the platform keeps of a function, without charge. */
export function functionMetric(functionName: string, name: 'Errors' | 'Duration', points: Points): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: name,
    dimensionsMap: { FunctionName: functionName },
    statistic: points.statistic,
    period: Duration.seconds(points.seconds),
  })
}
