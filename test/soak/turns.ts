import type { Told } from './process.ts'

/** Whoever is told so shortly before the next turn may still be closing its storage then. */
const closingMs = 25

/** The first start comes at most so late, in parts of the interval: everything is read for the first time. */
const firstLate = 0.25

/** How a command kept the turns of its schedule. */
export interface Turns {
  /** Turns without a start though the cycle before had ended in time. */
  readonly missed: number
  /** Turns without a start because a cycle took longer than the interval. */
  readonly overrun: number
  /** Milliseconds from turn to start: median, 99th percentile, the most. */
  readonly late: readonly [number, number, number]
}

/**
 * Compares starts with the turns they belong to. The turns are counted from the start that came soonest after its own:
 * they lie the same all the time, while starts come when configuration and storage are read.
 */
export function turnsOf(told: readonly Told[], everyMs: number): Turns {
  const starts = told.map(({ report }) => Date.parse(report.startedAt))
  const [first = 0] = starts
  const beyond = (startedMs: number) => ((startedMs - first + everyMs * firstLate) % everyMs) - everyMs * firstLate
  const turnsFrom = starts.reduce((least, startedMs) => Math.min(least, first + beyond(startedMs)), first)
  const late: number[] = []
  let missed = 0
  let overrun = 0
  for (const [at, startedMs] of starts.entries()) {
    const turn = Math.floor((startedMs - turnsFrom) / everyMs)
    late.push(startedMs - turnsFrom - turn * everyMs)
    const before = at === 0 ? undefined : starts[at - 1]
    if (before === undefined) continue
    for (let skipped = Math.floor((before - turnsFrom) / everyMs) + 1; skipped < turn; skipped++) {
      if (Number(told[at - 1]?.atMs) > turnsFrom + skipped * everyMs - closingMs) overrun++
      else missed++
    }
  }
  late.sort((a, b) => a - b)
  const quantile = (part: number) => late[Math.floor((late.length - 1) * part)] ?? 0
  return { missed, overrun, late: [quantile(0.5), quantile(0.99), quantile(1)] }
}
