import type { Pushed } from '../before.ts'
import type { Network } from '../config/network.ts'
import type { Decision } from '../decide.ts'
import type { RecordReport } from '../report.ts'
import type { RecordOutcome } from './record-outcome.ts'
import type { RecordPlan } from './record-plan.ts'

/** The report's rows about records in Route 53, by zone; none where it is not enabled. */
export function recordRows(
  decision: Decision,
  network: Network,
  pushed: ReadonlyMap<string, Pushed>,
  outcomes: ReadonlyMap<string, RecordOutcome>,
): RecordReport[] {
  if (!network.settings.route53.enabled) return []
  if (decision.publication !== null) return decision.publication.records.map(plan => rowOf(plan, outcomes))
  return network.zones
    .filter(zone => zone.publishable)
    .map(({ name }) => {
      const waits = decision.waitingRecords.has(name) || (pushed.get(name)?.due ?? null) !== null
      const reason = 'nothing is pushed in this cycle'
      return { zone: name, action: waits ? 'due' : 'unchanged', reason: waits ? `waits: ${reason}` : reason }
    })
}

function rowOf(plan: RecordPlan, outcomes: ReadonlyMap<string, RecordOutcome>): RecordReport {
  const { zone, reason } = plan
  const outcome = outcomes.get(zone)
  if (outcome === undefined) return { zone, action: plan.action === 'push' ? 'due' : 'unchanged', reason }
  const { action, changes } = outcome
  return { zone, action, reason: outcome.reason, ...(changes === undefined ? {} : { changes }) }
}
