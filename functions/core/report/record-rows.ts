import type { Network } from '../config/network.ts'
import type { Decision } from '../decision/decision.ts'
import type { RecordOutcome } from '../route53/record-outcome.ts'
import type { RecordPlan } from '../route53/record-plan.ts'
import type { Pushed } from '../state/network-state.ts'
import type { RecordReport } from './report.ts'
import type { Kept } from './report-rows.ts'

/** What became of the planned pushes, by zone; those that were not touched are missing. */
export interface RecordOutcomes extends Kept {
  readonly records: ReadonlyMap<string, RecordOutcome>
}

/** The report's rows about records in Route 53, by zone; none where it is not enabled. */
export function recordRows(
  decision: Decision,
  network: Network,
  pushed: ReadonlyMap<string, Pushed>,
  outcomes: RecordOutcomes,
): RecordReport[] {
  if (!network.settings.route53.enabled) return []
  if (decision.status === 'ok') return decision.publication.records.map(plan => rowOf(plan, outcomes))
  const { heldBack } = decision
  return network.zones
    .filter(zone => zone.publishable)
    .map(({ name }) => {
      const waits = heldBack.records.has(name) || (pushed.get(name)?.due ?? null) !== null
      const reason = 'nothing is pushed in this cycle'
      return { zone: name, action: waits ? 'due' : 'unchanged', reason: waits ? `waits: ${reason}` : reason }
    })
}

function rowOf(plan: RecordPlan, { recorded, saved, records }: RecordOutcomes): RecordReport {
  const { zone } = plan
  const outcome = records.get(zone)
  if (outcome === undefined) return untouchedRow(plan, recorded)
  const { action, reason, changes } = outcome
  const isDone = action === 'upserted' || action === 'unchanged'
  // What was announced is due until it is confirmed and that is saved (behaviour §7.4).
  if (plan.action === 'push' && isDone && !saved) {
    const done = action === 'upserted' ? 'it was pushed' : reason
    return { zone, action: 'due', reason: `${done}, but the cycle could not save that` }
  }
  return { zone, action, reason, ...(changes === undefined ? {} : { changes }) }
}

/** Only a cycle that failed has not touched what it was to push or to read back. */
function untouchedRow({ zone, action, reason }: RecordPlan, recorded: boolean): RecordReport {
  if (action === 'keep') return { zone, action: 'unchanged', reason }
  if (action === 'verify') return { zone, action: 'unchanged', reason: 'the cycle failed before it was read back' }
  const why = 'not pushed: what the cycle decided could not be saved'
  return { zone, action: 'due', reason: recorded ? 'the cycle failed before its push was confirmed' : why }
}
