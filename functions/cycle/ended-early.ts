import type { Network } from '../core/config/network.ts'
import { messageOf } from '../core/domain/message.ts'
import { untilWords } from '../core/domain/time-words.ts'
import { emptyReport, type Report } from '../core/report/report.ts'
import type { Begun } from './ports/ports.ts'

/** What is known of a cycle that did not get as far as deciding; `now` in milliseconds. */
interface Early {
  readonly network: Pick<Network, 'name'>
  readonly options: { readonly dryRun: boolean }
  readonly now: number
}

/** The report of a cycle that failed before it decided anything; `live`: the recorded set, as far as it was read. */
export function failedReport(
  { network, options, now }: Early,
  error: unknown,
  live?: readonly string[] | null,
): Report {
  const report = emptyReport(network.name, 'failed', options.dryRun, now)
  return { ...report, live: live ?? [], warnings: [`the cycle failed: ${messageOf(error)}`] }
}

/** The report of a run that must not work now (behaviour §8.1, §8.2). */
export function refusedReport({ network, now }: Early, begun: Begun & { status: 'locked' | 'too_soon' }): Report {
  const until = untilWords(begun.until)
  const why =
    begun.status === 'locked'
      ? `another run holds the lease${until}`
      : `the last run started too recently: wait${until}`
  return { ...emptyReport(network.name, begun.status, false, now), warnings: [why] }
}
