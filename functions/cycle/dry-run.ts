import { recordPlansOf } from '../core/decision/decision.ts'
import type { Report } from '../core/report/report.ts'
import { reportOf, withConfiguration } from './cycle-report.ts'
import { failedReport } from './ended-early.ts'
import type { Stored } from './ports/ports.ts'
import { type Cycle, probeAndDecide } from './probe-and-decide.ts'
import { publishingEndsAt } from './publish-decided.ts'
import { rateOf } from './route53/calls.ts'
import { pushWhatIsDue } from './route53/lazy-push.ts'
import { early, type Start, samplesOf } from './start.ts'

/** What a cycle would do now: it takes no lease and writes nothing (behaviour §8.3). Never rejects. */
export async function dryRun(start: Start): Promise<Report> {
  const { subject, ports } = start
  let stored: Stored | null = null
  try {
    stored = await ports.table.peek(subject.name, samplesOf(start))
    const cycle = start.cycle as Cycle
    return withConfiguration(await plannedReport(cycle, stored), cycle)
  } catch (error) {
    return failedReport(early(start), error, stored?.live)
  }
}

async function plannedReport(cycle: Cycle, stored: Stored): Promise<Report> {
  const { network, options, ports } = cycle
  const decided = await probeAndDecide(cycle, stored)
  const limit = { endsAt: publishingEndsAt(cycle), rate: rateOf(network, options.pushingNetworks) }
  const looking = { dryRun: true, verbose: options.verbose }
  const plannedRecords = await pushWhatIsDue(recordPlansOf(decided.decision), { ...limit, ...looking }, ports)
  const { status } = decided.decision
  const ending = { status, recorded: true, saved: true, published: null, served: null, trouble: [] }
  return reportOf(cycle, decided, { ...ending, plannedRecords })
}
