import type { RecordOutcome } from '../../core/route53/record-outcome.ts'
import type { RecordPlan } from '../../core/route53/record-plan.ts'
import { once } from '../flow/once.ts'
import type { Ports } from '../ports/ports.ts'
import type { PushOptions } from './push-records.ts'

/** Loads what pushes records, for those who cannot wait until it is needed. */
export const loadPush = once(() => import('./push-records.ts'))

/** As `pushRecords`, which is loaded where there is a record to push, or to look at. */
export async function pushWhatIsDue(
  plans: readonly RecordPlan[],
  options: PushOptions,
  ports: Pick<Ports, 'records' | 'clock' | 'sleep'>,
): Promise<Map<string, RecordOutcome>> {
  const isNothing = plans.every(({ action }) => action === 'keep') && !(options.dryRun && options.verbose)
  if (isNothing || plans.length === 0) return new Map()
  const { pushRecords } = await loadPush()
  return pushRecords(plans, options, ports)
}
