import type { RecordPlan } from '../../core/route53/record-plan.ts'
import { changesBetween, keyOf, type RecordChange, type RecordSet } from '../../core/zone/record-set.ts'
import type { Calls } from './calls.ts'

/** One zone's push under way: what is known of its sets, and how far it got. */
export interface Push {
  readonly plan: RecordPlan
  readonly calls: Calls
  hostedZone: string | null
  known: readonly RecordSet[]
  hasRead: boolean
  changed: boolean
  readonly attempted: Set<string>
  /** Keys of the sets that this system published, or may have. */
  readonly owned: Set<string>
  /** By key: why a set cannot be pushed. */
  refused: Map<string, string>
  readonly warnings: string[]
}

/** What is to be changed still: not what stands in nobody's power. */
export function changesLeft({ plan, known, owned, refused }: Push): RecordChange[] {
  return changesBetween(plan.desired, known, owned).filter(({ set }) => !refused.has(keyOf(set)))
}
