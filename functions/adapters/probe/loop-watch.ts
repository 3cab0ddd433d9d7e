import type { LoopTime, LoopWatch } from '../../cycle/ports/loop-watch.ts'

/** The loop is asked so often whether it is on time; a timer by itself may be a millisecond late. */
const beatMs = 5
const timerMs = 1
/** About how often a probe waits for the loop. */
const waitsOfProbe = 4
/** How often the loop must be late for it to be more than a hiccup. */
const oftenTimes = 3

/** A time in which the loop did not come round, from one beat to the next. */
interface Gap {
  readonly fromMs: number
  readonly toMs: number
}

/** Starts watching the event loop of this process; until its end it keeps one timer, which keeps nothing alive. */
export function watchLoop(): LoopWatch {
  const gaps: Gap[] = []
  let lastMs = performance.now()
  const openGap = (): Gap[] => lateOnly({ fromMs: lastMs, toMs: performance.now() })
  const note = () => {
    gaps.push(...openGap())
    lastMs = performance.now()
  }
  const timer = setInterval(note, beatMs).unref()
  return {
    read: readLoop,
    beat: () => {
      note()
      timer.refresh()
    },
    lagMs: (fromMs, toMs) => {
      const around = [...gaps, ...openGap()].filter(gap => gap.fromMs < toMs && gap.toMs > fromMs)
      return sum(worstFirst(around.map(lengthOf)).slice(0, waitsOfProbe))
    },
    end: () => {
      clearInterval(timer)
      const late = worstFirst([...gaps, ...openGap()].map(gap => Math.round(lengthOf(gap) - beatMs)))
      lastMs = Number.POSITIVE_INFINITY
      return { worstMs: late[0] ?? 0, oftenMs: late[oftenTimes - 1] ?? 0 }
    },
  }
}

/** This moment, and how long the loop has waited for something to do. */
function readLoop(): LoopTime {
  return { nowMs: performance.now(), idleMs: performance.eventLoopUtilization().idle }
}

function lateOnly(gap: Gap): Gap[] {
  return lengthOf(gap) > beatMs + 2 * timerMs ? [gap] : []
}

function lengthOf({ fromMs, toMs }: Gap): number {
  return toMs - fromMs
}

function worstFirst(values: readonly number[]): number[] {
  return [...values].sort((a, b) => b - a)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
