import type { Chosen } from '../../app/choose-network.ts'
import type { ManageFlags } from '../../app/network-flags.ts'
import type { CycleRun } from '../../app/run-cycle.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { statusReasons } from '../../core/decision/warnings.ts'
import { shortageWords } from '../../core/live-set/live-edges.ts'
import { plansChange, renderPlan } from './plan.ts'
import { isNews, renderReport } from './report.ts'
import type { Terminal } from './terminal.ts'

/**
 * Prints a cycle: as JSON, or for a person; with `--quiet`, only one that changed something or met with trouble. Any status
 * but `ok`, and an outage, are named on standard error.
 */
export function showCycle(
  { report, published }: Pick<CycleRun, 'report' | 'published'>,
  { problems }: Pick<Chosen, 'problems'>,
  flags: ManageFlags,
  terminal: Terminal,
): void {
  const told = new Set(problems.map(formatProblem))
  const warnings = report.warnings.filter(warning => !told.has(warning))
  const isShown = flags.quiet !== true || isNews({ ...report, warnings })
  const quiet = flags.quiet === true
  if (isShown && flags.json === true) terminal.out(`${JSON.stringify(report)}\n`)
  else if (isShown) {
    const { paint, width } = terminal
    terminal.out(renderReport({ ...report, warnings }, { paint, width, verbose: flags.verbose === true, quiet }))
    const hasPlan = report.dryRun && report.edges.length > 0 && (!quiet || plansChange(report))
    if (hasPlan) terminal.out(renderPlan(report, published, paint))
    if (flags.every !== undefined) terminal.out('\n')
  }
  const isOutage = report.status === 'ok' && report.passing === 0 && report.wanted > 0
  if (isOutage) terminal.err(`edgemanage: ${report.network}: ${shortageWords(report)}\n`)
  if (report.status !== 'ok')
    terminal.err(`edgemanage: ${report.network}: ${[report.status, ...reasons(report)].join(': ')}\n`)
}

/** Why a cycle has a status other than `ok`: what decided it; where something stopped it later, its last warning. */
function reasons({ status, warnings }: CycleRun['report']): string[] {
  const decided = status in statusReasons ? statusReasons[status as keyof typeof statusReasons] : null
  const why = warnings.find(warning => warning === decided) ?? warnings.findLast(warning => !warning.startsWith('and '))
  return why === undefined ? [] : [why.startsWith(`${status}: `) ? why.slice(status.length + 2) : why]
}
