import { causeWords } from '../domain/failure-causes.ts'
import { inSeconds } from '../domain/micros.ts'
import { isFailure } from '../domain/model.ts'
import type { Entry } from './run.ts'

/** How a recorded probe failed: in words, such as "status 503", and the seconds that it really took, null where that is not known. */
export interface ToldFailure {
  readonly detail: string
  readonly tookSeconds: number | null
}

/** What is known of a probe that failed; null for one that did not. */
export function failureOf({ outcome, failure }: Pick<Entry, 'outcome' | 'failure'>): ToldFailure | null {
  if (!isFailure(outcome)) return null
  const { cause, tookMs } = failure ?? { cause: 0, tookMs: 0 }
  // Less than half a millisecond is not worth a word.
  return { detail: causeWords(outcome, cause), tookSeconds: tookMs === 0 ? null : tookMs / 1000 }
}

/** "status 503 in 0.65 s", or "ok" and the like for a probe that did not fail. */
export function probeWords(entry: Pick<Entry, 'outcome' | 'failure'>): string {
  const failed = failureOf(entry)
  return failed === null ? entry.outcome : failedWords(failed)
}

/** "status 503 in 0.65 s"; a missed deadline has its time among its words already where it was just told. */
export function failedWords({ detail, tookSeconds }: { detail: string; tookSeconds?: number | null }): string {
  const isTimed = typeof tookSeconds === 'number' && !detail.includes(' within ')
  return isTimed ? `${detail} in ${inSeconds(tookSeconds)}` : detail
}
