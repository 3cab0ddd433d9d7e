import { counted, oneLine } from '../domain/printable.ts'

/** Something wrong in the configuration folder, for a person to find and fix. */
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
  /** What an error stops: all cycles (settings, edges), one canary (or a whole list of them), or one zone. */
  readonly scope: 'settings' | 'edges' | 'canaries' | 'zone'
  /** How many faults it stands for, where it counts those that are not told one by one; left out: one. */
  readonly count?: number
}

/** How many faults these problems stand for. */
export function countOf(problems: readonly Problem[]): number {
  return problems.reduce((sum, { count = 1 }) => sum + count, 0)
}

/** `file:line:column: error: message` (contract, "Settings"), in one line whatever the file holds. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, message } = problem
  return `${oneLine(file)}:${line}:${column}: ${severity}: ${oneLine(message)}`
}

/** The first few problems, each as a line; where there are more, one line counts them. */
export function problemLines(problems: readonly Problem[], most: number): string[] {
  const rest = problems.length - most
  const lines = (rest > 0 ? problems.slice(0, most) : problems).map(formatProblem)
  return rest > 0 ? [...lines, `and ${counted(rest, 'more problem')}: edgemanage validate lists them all`] : lines
}
