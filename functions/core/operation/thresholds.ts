import type { Settings } from '../config/settings.ts'
import { microsOf } from '../domain/micros.ts'

/** How many rotations in ten minutes, the window of the original, are a warning, and critical. */
export const rotationThresholds = { warn: 4, crit: 8 } as const
export const rotationWindowSeconds = 600

/**
 * From how many seconds on a live edge counts as slow: `alarms.slow_seconds`, or three times `goodenough`, but never more than
 * `timeout`, which is what a failed probe takes: an alarm above it could not be reached (behaviour §8.6). Whole microseconds,
 * as samples are.
 */
export function slowSeconds({
  alarms,
  goodenough,
  timeout,
}: Pick<Settings, 'alarms' | 'goodenough' | 'timeout'>): number {
  return microsOf(Math.min(alarms.slow_seconds ?? 3 * goodenough, timeout)) / 1e6
}
