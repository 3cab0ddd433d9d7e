import { startRunClock } from '../core/domain/run-clock.ts'
import type { Report } from '../core/report/report.ts'
import type { TakeUp } from '../cycle/configuration/take-up.ts'
import { runConfiguredCycle } from '../cycle/cycle.ts'
import { failedReport } from '../cycle/ended-early.ts'
import { withinSeconds } from '../cycle/flow/limit.ts'
import type { CycleOptions } from '../cycle/probe-and-decide.ts'
import type { System } from './system.ts'
import { runSeconds } from './time.ts'

/** What an event asks of a cycle. */
export type Asked = Pick<CycleOptions, 'dryRun' | 'force' | 'forceUpdate' | 'verbose'>

/**
 * One cycle of a function's network, with the configuration that `takeUp` gives; `remainingMs`: when the platform ends the function. Never rejects: a cycle that does
 * not end in its time (behaviour §8.1) is a failed report, while there still is time to tell it.
 */
export async function runInTime(
  { name, ports, pushingNetworks }: System,
  asked: Asked,
  remainingMs: number,
  takeUp: TakeUp,
): Promise<Report> {
  const maxSeconds = runSeconds(remainingMs)
  const options = { ...asked, pushingNetworks, maxSeconds }
  const { now, elapsedMs } = startRunClock(ports)
  try {
    return await withinSeconds(maxSeconds, runConfiguredCycle({ name, takeUp }, options, ports), ports)
  } catch (error) {
    const report = failedReport({ network: { name }, options, now }, error)
    return { ...report, durationMs: Math.round(elapsedMs()) }
  }
}
