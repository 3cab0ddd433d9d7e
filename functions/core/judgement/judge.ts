import type { Judgement } from '../domain/model.ts'
import type { Streak } from '../history/streak.ts'
import type { Total } from '../history/total.ts'

/** What a judgement is made from: this cycle's sample, and what the kept samples say with it. */
export interface Evidence {
  readonly failed: boolean
  readonly micros: number
  /** Totals that include this cycle's sample. */
  readonly window: Total
  readonly all: Total
  /** How the edge stood before this cycle. */
  readonly standing: Streak
}

/** The settings that judge (behaviour §3), thresholds in microseconds. */
export interface JudgeRules {
  readonly goodenoughMicros: number
  /** `goodenough × stay_factor` for a member of the recorded live set, else `goodenough`. */
  readonly thresholdMicros: number
  readonly downAfter: number
  readonly upAfter: number
}

/** The judgement of a probe that was not skipped: the table of behaviour §3, first match wins. */
export function judge(evidence: Evidence, rules: JudgeRules): Judgement {
  const { standing } = evidence
  if (evidence.failed) return standing.failures + 1 >= rules.downAfter ? 'fail' : (standing.judgement ?? 'fail')
  if (waitsForUpAfter(evidence, rules)) return 'fail'
  if (evidence.micros < rules.thresholdMicros) return 'pass_threshold'
  if (isMeanBelow(evidence.window, rules.goodenoughMicros)) return 'pass_window'
  if (isMeanBelow(evidence.all, rules.goodenoughMicros)) return 'pass_average'
  return 'pass'
}

/** Whether an edge that answered is `fail` only for want of `up_after` (behaviour §3, §4.4). */
export function waitsForUpAfter(evidence: Evidence, rules: JudgeRules): boolean {
  const { standing } = evidence
  return !evidence.failed && standing.judgement === 'fail' && standing.successes + 1 < rules.upAfter
}

function isMeanBelow(total: Total, micros: number): boolean {
  return total.sumMicros < micros * total.count
}
