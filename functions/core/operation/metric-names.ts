/** The namespace of all metrics. */
export const metricNamespace = 'edgemanage'
/** The value of the dimension `service`, which every metric has in addition to `Network`. */
export const metricService = 'edgemanage'

/** What a cycle sends of its network; most of it only when not 0. */
export const metricSignals = [
  'LiveEdges',
  'SlowestLiveSeconds',
  'MissingLiveEdges',
  'VerifyFailures',
  'Rotations',
  'ZonesDue',
  'Blind',
  'StaleServers',
  'Braked',
  'Disputed',
  'VantageAbstained',
  'CertificateDays',
  'ConfigurationRejected',
] as const

export type Signal = (typeof metricSignals)[number]

/** What a cycle sends of each edge, where `metrics.per_edge` asks for it. */
export const edgeMetrics = { live: 'Live', fetchSeconds: 'FetchSeconds' } as const
