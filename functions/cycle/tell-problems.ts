import { mostWarnings } from '../core/bounded-report.ts'
import type { Problem } from '../core/config/problem.ts'
import type { Report } from '../core/report.ts'
import { type Told, tellProblems } from '../core/told.ts'
import type { ToldMemory } from './ports.ts'

/** What is told of a configuration in one cycle, and how to remember it when the cycle is over. */
export interface Telling extends Pick<Told, 'lines'> {
  /** To be called with the cycle's report; never rejects. */
  readonly remember: (report: Report) => Promise<void>
}

/**
 * What a cycle of a network tells of these problems: in full when they begin, then a line. A dry run tells a person, and
 * so in full; a run that did no work, or failed, is no cycle whose report is kept, and what it told is told once more.
 */
export async function tellingOf(
  network: string,
  problems: readonly Problem[],
  dryRun: boolean,
  memory: ToldMemory | undefined,
): Promise<Telling> {
  if (memory === undefined || dryRun) return { ...tellProblems(null, problems, mostWarnings), remember: async () => {} }
  // Without its memory a cycle tells more, and does no less.
  const before = await memory.recall(network).catch(() => null)
  const { lines, hash } = tellProblems(before, problems, mostWarnings)
  const remember = async ({ status }: Report) => {
    const isKept = status !== 'locked' && status !== 'too_soon' && status !== 'failed'
    if (isKept && hash !== before) await memory.remember(network, hash).catch(() => {})
  }
  return { lines, remember }
}
