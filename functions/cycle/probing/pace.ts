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

/** Does `start` when its turn comes, and gives what that gives; null if it is not wanted any more by then. */
export type Pace = <T>(isWanted: () => boolean, start: () => Promise<T>) => Promise<T | null>

export interface PaceOptions {
  /** How many turns there will be. */
  readonly turns: number
  /** Milliseconds over which the turns still to come may be spread; 0 or less: there is no time to lose. */
  readonly spreadMs: (turns: number) => number
  readonly loop: Pick<LoopWatch, 'read' | 'beat'>
  readonly sleep: Ports['sleep']
}

/** The first start since the loop last waited, and the moment before which the next start would be one too many. */
interface Row {
  readonly woken: LoopTime
  readonly dueMs: number
}

/**
 * Turns, first come first served (behaviour §1.1). On the whole there are never more starts than one per millisecond since
 * the first; what timers and hold-ups cost is made up for, within limits. And the next one comes only when the loop has
 * had its share of rest since it began to work, so that no probe waits in the prober's own queue; sooner where time would
 * run out.
 */
export function createPace({ turns, spreadMs, loop, sleep }: PaceOptions): Pace {
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
        row = after(row, loop.read())
        start().then(resolve, reject)
      })
    })
}

/** The row with one more start, now. */
function after(row: Row | null, now: LoopTime): Row {
  const wasDueMs = Math.max(row?.dueMs ?? now.nowMs, now.nowMs - arrearsMs)
  const isAnew = row === null || now.idleMs > row.woken.idleMs || now.nowMs - row.woken.nowMs > maxRestMs
  return { woken: isAnew ? now : row.woken, dueMs: wasDueMs + probeApartMs }
}

/** Milliseconds until the next start; `maxGapMs`: there is no time for a longer gap. */
function waitMs({ woken, dueMs }: Row, now: LoopTime, maxGapMs: number): number {
  const gap = now.nowMs - woken.nowMs
  const idle = now.idleMs - woken.idleMs
  const untilRested = (idleShare * gap - idle) / (1 - idleShare)
  const rest = untilRested < enoughMs ? 0 : Math.min(untilRested, Math.min(maxGapMs, maxRestMs) - gap)
  return Math.max(dueMs - now.nowMs, rest)
}
