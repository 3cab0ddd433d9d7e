import type { Progress } from '../cycle/ports/ports.ts'

/** What a cycle shows while it runs; a terminal is one. */
export interface CycleOutput {
  /** Takes text for people, lines that end with a line feed. */
  readonly err: (text: string) => void
  /** Replaces the line of progress; an empty one clears it. */
  readonly progress: (line: string) => void
}

/** For programs: nothing is shown. */
export const noOutput: CycleOutput = { err: () => {}, progress: () => {} }

/** Shows a cycle's progress as one line, which ends with the step. */
export function showProgress(output: CycleOutput): (progress: Progress) => void {
  return ({ step, done, total }) => output.progress(done === total ? '' : `${step} ${done}/${total}`)
}
