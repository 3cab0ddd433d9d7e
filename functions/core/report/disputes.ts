import type { History } from '../history/history.ts'
import { lastingDispute } from '../judgement/verdict.ts'
import { edgesGone } from './edges-gone.ts'
import type { EdgeReport, Report } from './report.ts'

/**
 * Disputes that begin or end with a cycle, as an event tells them; none where nothing changed. They end where the edge
 * answers again, where it fails everywhere, and where it left the list. `history`: the cycles before; at most `most` edges each are named.
 */
export function disputesOf({ edges }: Pick<Report, 'edges'>, history: History, most: number): object[] {
  const isDisputed = ({ disputed }: EdgeReport) => disputed === true
  const was = (edge: string) => lastingDispute(history, edge) !== null
  const began = edges.filter(row => isDisputed(row) && !was(row.edge))
  const over = edges.filter(row => row.outcome !== 'skipped' && !isDisputed(row)).map(({ edge }) => edge)
  const ended = [...over, ...edgesGone(history, edges)].filter(was)
  if (began.length + ended.length === 0) return []
  const counts = { beganCount: began.length, endedCount: ended.length, count: edges.filter(isDisputed).length }
  return [
    {
      began: began.slice(0, most).map(({ edge, votes = [] }) => ({ edge, votes })),
      ended: ended.slice(0, most),
      ...counts,
    },
  ]
}
