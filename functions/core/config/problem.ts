/** Something wrong in the configuration folder, for a person to find and mend. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** Relative to the configuration folder. */
  readonly file: string
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly message: string
  /** The network that alone is concerned, or null for all of them. */
  readonly network: string | null
  /** What the problem stops: a cycle (settings, edges, canaries) or one zone. */
  readonly scope: 'settings' | 'edges' | 'canaries' | 'zone'
}

/** `file:line:column: error: message` (contract, "Settings"). */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}: ${problem.severity}: ${problem.message}`
}
