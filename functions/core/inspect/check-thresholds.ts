import { rotationThresholds } from '../operation/thresholds.ts'

/** The thresholds of checks where none are given, as ranges; null: none. Those of the other checks follow from settings. */
export const checkThresholds = {
  integrity: { warn: null, crit: '0' },
  /** Seconds. */
  latency: { warn: '2', crit: '4' },
  rotation: { warn: String(rotationThresholds.warn), crit: String(rotationThresholds.crit) },
  served: { warn: '0', crit: null },
  zones: { warn: '0', crit: null },
  config: { warn: '0', crit: '1' },
} as const

/** After how many run frequencies the last cycle is late, and too late. */
export const lateAfter = { warn: 3, crit: 5 } as const
