import type { RecordOutcome } from '../../core/route53/record-outcome.ts'
import { inTurn, type RecordPlan } from '../../core/route53/record-plan.ts'
import { inParallel } from '../flow/pool.ts'
import type { Ports } from '../ports/ports.ts'
import { type CallLimit, pacedCalls, timeIsOver } from './calls.ts'
import { hostedZoneFinder } from './hosted-zones.ts'
import { pushZone } from './push-zone.ts'

/** Enough in flight for any rate that the account has; in one hosted zone there is never more than one. */
const zonesAtOnce = 16
/** At most so much of a run. */
const maxPushMs = 40_000

export interface PushOptions extends CallLimit {
  /** Reads only, and only what it would change. */
  readonly dryRun: boolean
  /** A dry run reads those, too, that are not to be touched. */
  readonly verbose: boolean
}

/**
 * Pushes the records of every zone whose turn it is, those first that have waited longest; by zone what became of it.
 * A zone without an entry was not to be touched. Never rejects; nothing is started after `endsAt`, nor after 40 s.
 */
export async function pushRecords(
  plans: readonly RecordPlan[],
  options: PushOptions,
  ports: Pick<Ports, 'records' | 'clock' | 'sleep'>,
): Promise<Map<string, RecordOutcome>> {
  const outcomes = new Map<string, RecordOutcome>()
  const isWanted = ({ action }: RecordPlan) => action !== 'keep' || (options.dryRun && options.verbose)
  const wanted = inTurn(plans.filter(isWanted))
  if (wanted.length === 0) return outcomes
  const endsAt = Math.min(options.endsAt, ports.clock() + maxPushMs)
  const calls = pacedCalls(ports.records, { endsAt, rate: options.rate }, ports)
  const find = hostedZoneFinder(calls)
  const isOver = () => ports.clock() >= endsAt
  await inParallel(byHostedZone(wanted), zonesAtOnce, isOver, async group => {
    for (const plan of group) {
      if (!isOver()) outcomes.set(plan.zone, await pushZone(plan, calls, find, options.dryRun))
    }
  })
  for (const plan of wanted) if (!outcomes.has(plan.zone)) outcomes.set(plan.zone, leftOver(plan))
  return outcomes
}

/** Zones of one hosted zone come one after another. */
function byHostedZone(plans: readonly RecordPlan[]): RecordPlan[][] {
  const groups = new Map<string, RecordPlan[]>()
  for (const plan of plans) {
    const key = plan.hostedZone ?? `of ${plan.zone}`
    groups.set(key, [...(groups.get(key) ?? []), plan])
  }
  return [...groups.values()]
}

function leftOver({ action, zone, hostedZone, known, unsure }: RecordPlan): RecordOutcome {
  const rest = { hostedZone, sets: known, attempted: unsure }
  if (action !== 'push') {
    return { ...rest, action: 'unchanged', reason: 'time ran out before it was read back', warnings: [] }
  }
  const warnings = [`the records of zone ${zone} are due: ${timeIsOver}`]
  return { ...rest, action: 'due', reason: timeIsOver, warnings }
}
