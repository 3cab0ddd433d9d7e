import type { Context } from 'aws-lambda'
import type { Report } from './core/report.ts'
import { runCycle } from './cycle/cycle.ts'
import { withinAnswer } from './lambda/answer.ts'
import { CycleFailed } from './lambda/errors.ts'
import { parseDryRunEvent } from './lambda/events.ts'
import { openSystem, type System } from './lambda/system.ts'
import { logReport } from './lambda/telemetry.ts'
import { runSeconds } from './lambda/time.ts'

let system: System | null = null

/** What a cycle would do, writing nothing: `{forceUpdate?, verbose?}` or `{}` in, the report with the zones' text out. */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<Report> {
  const input = parseDryRunEvent(event)
  system ??= openSystem(process.env)
  const maxSeconds = runSeconds(context.getRemainingTimeInMillis())
  const options = { ...system, ...input, dryRun: true, force: false, maxSeconds }
  const report = await runCycle(system.network, options, system.ports)
  logReport(report)
  if (report.status === 'failed') throw new CycleFailed(report.warnings.join('; '))
  return withinAnswer(report)
}
