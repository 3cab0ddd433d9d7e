import { type FailedOutcome, isFailure } from '../domain/model.ts'
import { entryOf, type Kind } from '../history/history.ts'
import type { Run } from '../history/run.ts'
import { isByTime } from '../history/run-order.ts'

/** A stretch of time, cut into slots of equal length. Milliseconds. */
export interface Span {
  /** For people: "2 h". */
  readonly title: string
  readonly from: number
  readonly to: number
  readonly slots: number
}

/** What the samples of one slot say of one edge or canary. */
export interface Slot {
  /** The mean of the probes that succeeded, in seconds; null if none did. */
  readonly seconds: number | null
  readonly good: number
  readonly failed: number
  /** The commonest kind of failure, the first of equals; null if none failed. */
  readonly failure: FailedOutcome | null
  /** Live after the slot's last cycle. */
  readonly live: boolean
}

/** The samples of one edge or canary in a span, slot by slot; null for slots without any. */
export function traceOf(runs: readonly Run[], kind: Kind, name: string, span: Span): (Slot | null)[] {
  const slots: (Sum | null)[] = Array.from({ length: span.slots }, () => null)
  const slotMs = (span.to - span.from) / span.slots
  for (let at = runs.length - 1; at >= 0; at--) {
    const run = runs[at] as Run
    if (run.time < span.from && isByTime(runs)) break
    const entry = run.time >= span.from && run.time < span.to ? entryOf(run, kind, name) : null
    if (entry === null || entry.outcome === 'skipped') continue
    const place = Math.floor((run.time - span.from) / slotMs)
    const sum = slots[place] ?? { micros: 0, good: 0, failures: new Map(), live: entry.live }
    slots[place] = sum
    if (isFailure(entry.outcome)) sum.failures.set(entry.outcome, (sum.failures.get(entry.outcome) ?? 0) + 1)
    else {
      sum.good++
      sum.micros += entry.micros
    }
  }
  return slots.map(sum => (sum === null ? null : slotOf(sum)))
}

interface Sum {
  micros: number
  good: number
  readonly failures: Map<FailedOutcome, number>
  readonly live: boolean
}

function slotOf({ micros, good, failures, live }: Sum): Slot {
  const [commonest] = [...failures].sort(([, a], [, b]) => b - a)
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0)
  return { seconds: good === 0 ? null : micros / good / 1e6, good, failed, failure: commonest?.[0] ?? null, live }
}
