import type { Context } from 'aws-lambda'
import { CycleFailed } from './core/domain/errors.ts'
import type { Report } from './core/report/report.ts'
import { withinAnswer } from './lambda/answer.ts'
import { parseDryRunEvent } from './lambda/events.ts'
import { runInTime } from './lambda/run.ts'
import { openSystem, type System } from './lambda/system.ts'
import { logReport } from './lambda/telemetry.ts'

let system: System | null = null

/**
 * What a cycle would do, writing nothing: `{forceUpdate?, verbose?, bundle?}` or `{}` in, the report with the zones' text out.
 * Throws `InvalidInput` for a bundle that cannot be tried (behaviour §11.4).
 */
export async function handler(event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<Report> {
  const { bundle, ...input } = parseDryRunEvent(event)
  system ??= await openSystem(process.env)
  const { takeUp, tryOut } = system.configuration
  const asked = { ...input, dryRun: true, force: false }
  const remainingMs = context.getRemainingTimeInMillis()
  const trial = bundle === undefined ? null : tryOut(bundle)
  const report = await runInTime(system, asked, remainingMs, trial?.takeUp ?? takeUp)
  const fault = trial?.fault() ?? null
  if (fault !== null) throw fault
  logReport(report)
  if (report.status === 'failed') throw new CycleFailed(report.warnings.join('; '))
  return withinAnswer(report)
}
