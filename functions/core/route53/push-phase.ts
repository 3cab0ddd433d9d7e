import type { FoundSet } from '../zone/record-set.ts'
import type { Batch } from './batches.ts'

/** What a push waits for. */
export type Waiting =
  /** The id of the hosted zone. */
  | { readonly is: 'finding' }
  /** The record sets at the names of the plan. */
  | { readonly is: 'reading' }
  /** The first of these batches to be carried out, whole or not at all. */
  | { readonly is: 'sending'; readonly batches: readonly [Batch, ...Batch[]] }

/** How a push ended. `isMissing`: there is no such hosted zone. */
export type Ended =
  | { readonly is: 'done' }
  | { readonly is: 'failed'; readonly why: string; readonly isMissing: boolean }

export type Phase = Waiting | Ended

/** What came of what a push waited for. */
export type Answer =
  | { readonly is: 'found'; readonly hostedZone: string }
  | { readonly is: 'read'; readonly sets: readonly FoundSet[] }
  | { readonly is: 'changed' }
  /** Nobody knows whether the batch was carried out. */
  | { readonly is: 'lost' }
  /** Something in the batch cannot be pushed, so that nothing of it was. */
  | { readonly is: 'rejected'; readonly why: string }
  /** Nothing was carried out, and nothing more is to be tried in this cycle. */
  | { readonly is: 'failed'; readonly why: string; readonly isMissing: boolean }

/** Whether a push waits for nothing any more. */
export function hasEnded(phase: Phase): phase is Ended {
  return phase.is === 'done' || phase.is === 'failed'
}
