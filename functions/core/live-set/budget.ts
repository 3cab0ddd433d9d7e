import { rotationsInWindow } from './rotation.ts'

/** What bears on whether a different live set may be published now. */
export interface BudgetQuestion {
  readonly now: number
  /** Milliseconds of earlier rotations. */
  readonly rotations: readonly number[]
  /** Rotations allowed per window; 0 is unlimited. */
  readonly maxfreq: number
  readonly windowSeconds: number
  readonly isFrozen: boolean
  /** The brake holds the recorded set (behaviour §10.3), even where none of it passes. */
  readonly isBraked: boolean
  readonly recorded: readonly string[]
  readonly decided: readonly string[]
  readonly isPassing: (edge: string) => boolean
  readonly isUnavailable: (edge: string) => boolean
  /** Whether rule 4.1 makes the edge live. */
  readonly isOrderedLive: (edge: string) => boolean
  readonly isConfigured: (edge: string) => boolean
}

export type BudgetAnswer = 'same' | 'rotate' | 'suppressed'

/** Whether the decided set replaces the recorded one, is held back by budget, freeze or brake, or is the same (behaviour §5, §10.3). */
export function askBudget(question: BudgetQuestion): BudgetAnswer {
  if (isSameSet(question.recorded, question.decided)) return 'same'
  const isHeld = question.isFrozen || question.isBraked || isSpent(question)
  return isHeld && !isExcepted(question) ? 'suppressed' : 'rotate'
}

/** Whether two sorted lists of names are the same. */
export function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, at) => name === b[at])
}

function isSpent(question: BudgetQuestion): boolean {
  const { maxfreq, now, rotations, windowSeconds } = question
  return maxfreq > 0 && rotationsInWindow(rotations, now, windowSeconds) >= maxfreq
}

/** No passing edge is held (and no brake on), an order demands the change, or a live edge has left the configuration. */
function isExcepted(question: BudgetQuestion): boolean {
  const { recorded, decided } = question
  const held = new Set(recorded)
  return (
    (!question.isBraked && !recorded.some(question.isPassing)) ||
    recorded.some(edge => question.isUnavailable(edge) || !question.isConfigured(edge)) ||
    decided.some(edge => question.isOrderedLive(edge) && !held.has(edge))
  )
}
