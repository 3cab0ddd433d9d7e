import type { Context } from 'aws-lambda'
import type { Report } from './core/report/report.ts'
import type { TakeUp } from './cycle/configuration/take-up.ts'
import { withinAnswer } from './lambda/answer.ts'
import { CycleFailed } from './lambda/errors.ts'
import { parseManageEvent } from './lambda/events.ts'
import { runInTime } from './lambda/run.ts'
import { openSystem, type System } from './lambda/system.ts'
import { logReport, sendMetrics } from './lambda/telemetry.ts'

let system: System | null = null

/** One cycle of the function's network: `{force?, forceUpdate?, verbose?}` or a schedule's event in, the report out. */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<Report> {
  const input = parseManageEvent(event)
  system ??= openSystem(process.env)
  const { configuration } = system
  let perEdge = false
  const takeUp: TakeUp = async (desired, how) => {
    const inUse = await configuration.takeUp(desired, how)
    perEdge = inUse.loaded.network.settings.metrics.per_edge
    return inUse
  }
  const report = await runInTime(system, { ...input, dryRun: false }, context.getRemainingTimeInMillis(), takeUp)
  logReport(report)
  sendMetrics(report, perEdge)
  if (report.status === 'failed') throw new CycleFailed(report.warnings.join('; '))
  return withinAnswer(report)
}
