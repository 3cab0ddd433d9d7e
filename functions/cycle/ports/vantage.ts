import type { Outcome } from '../../core/domain/model.ts'
import type { Request } from './request.ts'

/** The form of question and answer: whoever has another abstains (behaviour §10.2). It grows when either changes. */
export const vantageVersion = 1

/** What a vantage point is asked to fetch (contract, `vantage`). */
export interface Question {
  readonly request: Request
  /** At most 16, with canonical addresses. */
  readonly targets: readonly { readonly name: string; readonly address: string }[]
}

/** What a vantage point saw of one target. */
export interface Seen {
  readonly name: string
  readonly outcome: Outcome
  /** Null where it did not get the object. */
  readonly fetchSeconds: number | null
  readonly detail: string
}

/**
 * Asks the vantage point of a region. Rejects where it gives no valid answer; the message says why. `signal` ends the
 * asking.
 */
export type AskVantage = (region: string, question: Question, signal: AbortSignal) => Promise<readonly Seen[]>
