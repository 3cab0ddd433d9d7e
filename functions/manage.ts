import type { Context } from 'aws-lambda'
import { CycleFailed } from './core/domain/errors.ts'
import type { Report } from './core/report/report.ts'
import type { TakeUp } from './cycle/configuration/take-up.ts'
import { withinAnswer } from './lambda/answer.ts'
import { isConsoleSample, parseManageEvent, whatToSend } from './lambda/events.ts'
import { runInTime } from './lambda/run.ts'
import { openSystem, type System } from './lambda/system.ts'
import { logReport, sendMetrics } from './lambda/telemetry.ts'

let system: System | null = null

/**
 * One cycle of the function's network: `{force?, forceUpdate?, verbose?}` or a schedule's event in, the report out. The
 * console's own test event is answered with what to send: it is not a cycle, so none that failed (behaviour §8.7).
 */
export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<Report | { readonly help: string }> {
  if (isConsoleSample(event))
    return { help: `No cycle ran: this is the console's sample event. ${whatToSend('manage')}` }
  const input = parseManageEvent(event)
  system ??= await openSystem(process.env)
  const { configuration } = system
  let settings: Parameters<typeof sendMetrics>[1] = { metrics: { per_edge: false }, certificate_days: 0 }
  const takeUp: TakeUp = async (desired, how) => {
    const inUse = await configuration.takeUp(desired, how)
    settings = inUse.loaded.network.settings
    return inUse
  }
  const report = await runInTime(system, { ...input, dryRun: false }, context.getRemainingTimeInMillis(), takeUp)
  logReport(report)
  sendMetrics(report, settings)
  if (report.status === 'failed') throw new CycleFailed(report.warnings.join('; '))
  return withinAnswer(report)
}
