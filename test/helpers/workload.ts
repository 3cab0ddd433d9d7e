import type { Workload } from '../../functions/core/operation/workload.ts'

/** A network of a hundred edges, as `cost` sees it. */
export const hundred: Workload = {
  edges: 100,
  canaries: 0,
  zones: 10,
  liveEdges: 4,
  proto: 'https',
  memoryMegabytes: 256,
  alarms: 9,
  perEdgeMetrics: false,
  runFrequencySeconds: 60,
  timeoutSeconds: 10,
  samples: 2000,
  verifyEvery: 60,
}
