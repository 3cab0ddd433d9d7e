import { monotonic, sleep } from '../../adapters/time/clock.ts'
import { type Chosen, chooseNetwork } from '../../app/choose-network.ts'
import { exitStatus } from '../../app/errors.ts'
import type { ManageFlags } from '../../app/network-flags.ts'
import { openMemory } from '../../app/open-ports.ts'
import { loadStorage, storageAt } from '../../app/open-storage.ts'
import { atOnce, runManagedCycle } from '../../app/run-cycle.ts'
import { placeOf } from '../../app/target.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { minStartsApartSeconds } from '../../core/domain/limits.ts'
import { shortageWords } from '../../core/live-set/live-edges.ts'
import type { Report } from '../../core/report/report.ts'
import { checkManageFlags } from '../input/flags.ts'
import { stopOnSignals } from '../input/stop.ts'
import { renderPlan } from '../output/plan.ts'
import { renderReport } from '../output/report.ts'
import { problemTeller, tellError } from '../output/tell.ts'
import type { Terminal } from '../output/terminal.ts'
import { atIntervals } from './schedule.ts'

/** What comes between a cycle and the next look at the time, at most. */
const slackMs = 1000

/** `edgemanage manage`: one cycle, or one every so often until stopped. The answer is the exit status. */
export async function manage(flags: ManageFlags, terminal: Terminal, env: NodeJS.ProcessEnv): Promise<number> {
  checkManageFlags(flags)
  const place = placeOf(flags, env)
  const open = storageAt(place, env)
  const tellProblems = problemTeller(terminal)
  const told = openMemory()
  const intervalMs = (flags.every ?? 0) * 1000
  // Only as far apart as they must be (behaviour §8.2): a late start does not make the ones after it late.
  const apartMs = flags.force === true ? 0 : minStartsApartSeconds * 1000
  let notBefore = atOnce
  const cycle = async (chosen: Chosen): Promise<number> => {
    tellProblems(chosen.problems)
    const { report, published, stillRunning } = await runManagedCycle(
      chosen,
      flags,
      { open, notBefore, told },
      terminal,
    )
    const startedMs = monotonic() - report.durationMs
    notBefore = { wallMs: Date.parse(report.startedAt) + apartMs, monotonicMs: startedMs + apartMs + slackMs }
    show(report, published, chosen, flags, terminal)
    // What does not end by itself cannot be stopped in any other way.
    if (stillRunning) process.exit(exitStatus.failed)
    return report.status === 'failed' ? exitStatus.failed : exitStatus.success
  }
  const first = chooseNetwork(flags, env)
  if (flags.every === undefined) return cycle(first)
  await loadStorage(place, [first.network])
  // The configuration is read anew for each cycle: it may change while cycles go on.
  let isFirst = true
  const work = async () => {
    try {
      await cycle(isFirst ? first : chooseNetwork(flags, env))
    } catch (error) {
      tellError(error, terminal, flags.verbose === true)
    }
    isFirst = false
    return true
  }
  await atIntervals(intervalMs, work, stopOnSignals(terminal), { monotonic, sleep })
  return exitStatus.success
}

/** Prints a report: as JSON, or for a person; any status but `ok` is named on standard error. */
function show(
  report: Report,
  published: ReadonlyMap<string, string | null>,
  { problems }: Chosen,
  flags: ManageFlags,
  terminal: Terminal,
): void {
  if (flags.json === true) terminal.out(`${JSON.stringify(report)}\n`)
  else {
    const told = new Set(problems.map(formatProblem))
    const warnings = report.warnings.filter(warning => !told.has(warning))
    const { paint, width } = terminal
    terminal.out(renderReport({ ...report, warnings }, { paint, width, verbose: flags.verbose === true }))
    if (report.dryRun && report.edges.length > 0) terminal.out(renderPlan(report, published, paint))
    if (flags.every !== undefined) terminal.out('\n')
  }
  const isOutage = report.status === 'ok' && report.passing === 0 && report.wanted > 0
  if (isOutage) terminal.err(`edgemanage: ${report.network}: ${shortageWords(report)}\n`)
  if (report.status !== 'ok') {
    const why = report.warnings.findLast(warning => !warning.startsWith('and '))
    terminal.err(`edgemanage: ${report.network}: ${report.status}${why === undefined ? '' : `: ${why}`}\n`)
  }
}
