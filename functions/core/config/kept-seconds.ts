import { minKeptSeconds } from '../domain/limits.ts'
import type { Settings } from './settings.ts'

/** How long the table keeps a recorded cycle, in seconds: twice as long as it takes to record `history.samples` of them. */
export function keptSeconds(settings: {
  readonly history: Pick<Settings['history'], 'samples'>
  readonly run_frequency: number
}): number {
  return Math.max(2 * settings.history.samples * settings.run_frequency, minKeptSeconds)
}
