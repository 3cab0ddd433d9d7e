import { type Roster, rosterOf } from '../../../functions/core/history/run.ts'
import type { Run } from '../world/run.ts'

/** Who takes part in a run's cycle. */
export function rosterOfRun({ network }: Run): Roster {
  const canaries = [...new Set(network.canaries.map(canary => canary.address))].sort()
  return rosterOf(
    network.edges.map(edge => edge.name),
    canaries,
  )
}
