import type { Run } from './run.ts'

/** The order in which runs were recorded: by their times, but for those from before the clock went back. */
export function inOrder(a: Run, b: Run): number {
  return (b.age ?? 0) - (a.age ?? 0) || a.time - b.time
}

/** Whether runs (in order) stand in the order of their times, as they do unless the clock went back after some of them. */
export function isByTime(runs: readonly Run[]): boolean {
  return runs[0]?.age === undefined
}

/** Runs (in order) by their times, by which it is told which are the newest. The input is unchanged. */
export function byTime(runs: readonly Run[]): readonly Run[] {
  return isByTime(runs) ? runs : [...runs].sort((a, b) => a.time - b.time)
}

/** The run with the roster of the one before where both are alike: thousands of kept runs need not hold it each. */
export function sharing(run: Run, before: Run | undefined): Run {
  return before?.roster.id === run.roster.id ? { ...run, roster: before.roster } : run
}
