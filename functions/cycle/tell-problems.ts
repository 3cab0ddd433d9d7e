import type { Problem } from '../core/config/problem.ts'
import { tellProblems } from '../core/config/told.ts'
import { maxWarnings } from '../core/report/bounded-report.ts'
import type { Report } from '../core/report/report.ts'
import type { ToldMemory } from './ports/ports.ts'

/**
 * What a cycle that ended with this report tells of its configuration: in full when it begins, then one line. A dry run
 * tells a person, and so in full; a run that did no work, or failed, is not remembered, and what it told is told once more.
 * Without a memory, or where it fails, cycles tell more and do no less. Never rejects.
 */
export async function linesAbout(
  problems: readonly Problem[],
  { network, status, dryRun }: Report,
  memory: ToldMemory | undefined,
): Promise<readonly string[]> {
  if (memory === undefined || dryRun) return tellProblems(null, problems, maxWarnings).lines
  const before = await memory.recall(network).catch(() => null)
  const { lines, hash } = tellProblems(before, problems, maxWarnings)
  const isKept = status !== 'locked' && status !== 'too_soon' && status !== 'failed'
  if (isKept && hash !== before) await memory.remember(network, hash).catch(() => {})
  return lines
}
