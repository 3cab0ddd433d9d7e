import { probeApartMs } from '../../core/domain/limits.ts'
import type { LoopTime, LoopWatch } from '../ports/loop-watch.ts'
import type { Ports } from '../ports/ports.ts'

/**
 * Timers count whole milliseconds: so much of what they cost is made up for. A handshake's work comes after its start, so
 * that a longer row of starts without rest is a queue in the prober.
 */
const arrearsMs = 2
/** Of the time from one start to the next, the loop must have been free for this share: it is far from saturated. */
const idleShare = 0.45
/** Nobody waits longer than this for a loop that does not come to rest. */
const maxRestMs = 100
/** Less than this is not worth a timer, which takes a millisecond. */
const enoughMs = 0.4
/**
 * Probes that keep the loop busy for longer than this, as handshakes do, start evenly: most of their work comes after their
 * start, and what starts together would queue together.
 */
const heavyMs = 1.5
/** How much of the time between two such starts they may take. */
const evenShare = 0.8
/** The cost of a probe is known from about this many of the newest ones; a hold-up says little about it. */
const costWindow = 50
const maxCostMs = 50

/** Does `start` when its turn comes, and gives what that gives; null if it is not wanted any more by then. */
export type Pace = <T>(isWanted: () => boolean, start: () => Promise<T>) => Promise<T | null>

export interface PaceOptions {
  /** How many turns there will be. */
  readonly turns: number
  /** Milliseconds over which the turns still to come may be spread; 0 or less: there is no time to lose. */
  readonly spreadMs: (turns: number) => number
  /** Milliseconds that a probe is expected to keep the loop busy, until the first ones have told. */
  readonly expectedCostMs: number
  readonly loop: Pick<LoopWatch, 'read' | 'beat'>
  readonly sleep: Ports['sleep']
}

interface Row {
  /** The first start since the loop last waited. */
  readonly woken: LoopTime
  readonly last: LoopTime
  /** The moment before which the next start would be one too many. */
  readonly dueMs: number
  /** How long the loop works from one start to the next. */
  readonly costMs: number
}

/**
 * Turns, first come first served (behaviour §1.1). On the whole there are never more starts than one per millisecond since
 * the first; what timers and hold-ups cost is made up for, within limits. And the next one comes only when the loop has
 * had its share of rest since it began to work, and heavy ones at even distances, so that no probe waits in the prober's
 * own queue; sooner where time would run out.
 */
export function createPace({ turns, spreadMs, expectedCostMs, loop, sleep }: PaceOptions): Pace {
  let free: Promise<void> = Promise.resolve()
  let left = turns
  let row: Row | null = null
  const untilNext = () => (row === null ? 0 : waitMs(row, loop.read(), spreadMs(left) / left))
  const turn = async (isWanted: () => boolean) => {
    for (let wait = untilNext(); wait > 0 && isWanted(); wait = untilNext()) {
      await sleep(wait)
      loop.beat()
    }
    left = Math.max(1, left - 1)
  }
  return (isWanted, start) =>
    new Promise((resolve, reject) => {
      free = free.then(async () => {
        await turn(isWanted)
        if (!isWanted()) return resolve(null)
        row = row === null ? firstOf(loop.read(), expectedCostMs) : after(row, loop.read())
        start().then(resolve, reject)
      })
    })
}

function firstOf(now: LoopTime, costMs: number): Row {
  return { woken: now, last: now, dueMs: now.nowMs + probeApartMs, costMs }
}

/** The row with one more start, now. */
function after(row: Row, now: LoopTime): Row {
  const wasDueMs = Math.max(row.dueMs, now.nowMs - arrearsMs)
  const isAnew = now.idleMs > row.woken.idleMs || now.nowMs - row.woken.nowMs > maxRestMs
  const workedMs = now.nowMs - row.last.nowMs - (now.idleMs - row.last.idleMs)
  return {
    woken: isAnew ? now : row.woken,
    last: now,
    dueMs: wasDueMs + probeApartMs,
    costMs: row.costMs + (Math.min(workedMs, maxCostMs) - row.costMs) / costWindow,
  }
}

/** Milliseconds until the next start; `maxGapMs`: there is no time for a longer gap. */
function waitMs(row: Row, now: LoopTime, maxGapMs: number): number {
  const gap = now.nowMs - row.woken.nowMs
  const idle = now.idleMs - row.woken.idleMs
  const evenGapMs = row.costMs < heavyMs ? 0 : row.costMs / evenShare
  const wait = (untilRestedMs: number, sinceMs: number) =>
    untilRestedMs < enoughMs ? 0 : Math.min(untilRestedMs, Math.min(maxGapMs, maxRestMs) - sinceMs)
  const sinceLast = now.nowMs - row.last.nowMs
  const rest = wait((idleShare * gap - idle) / (1 - idleShare), gap)
  return Math.max(row.dueMs - now.nowMs, rest, wait(evenGapMs - sinceLast, sinceLast))
}
