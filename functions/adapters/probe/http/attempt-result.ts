import type { FailedOutcome } from '../../../core/domain/model.ts'

/**
 * How one attempt failed. `mayRetry`: the connection broke before the first byte of an answer (behaviour §1.5). `skipped`:
 * it was a failure of the prober's own, with the system's code in `ownFault`.
 */
export interface Failure {
  readonly outcome: FailedOutcome | 'skipped'
  readonly detail: string
  readonly mayRetry: boolean
  readonly ownFault?: string
}

export type AttemptResult = { readonly outcome: 'ok' } | Failure
