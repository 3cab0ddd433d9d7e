import type { History } from '../history/history.ts'
import type { EdgeReport } from './report.ts'

/**
 * Edges of the newest recorded cycle that a report has no more, as they left the edge list, in the order of that cycle. What
 * was told of them before has come to its end. `history`: the cycles before.
 */
export function edgesGone({ runs }: Pick<History, 'runs'>, rows: readonly Pick<EdgeReport, 'edge'>[]): string[] {
  const present = new Set(rows.map(({ edge }) => edge))
  return (runs.at(-1)?.roster.edges ?? []).filter(edge => !present.has(edge))
}
