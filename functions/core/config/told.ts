import { counted } from '../domain/printable.ts'
import { hashText } from '../zone/hash.ts'
import { type Problem, problemLines } from './problem.ts'

/** What a cycle says about its configuration, and what has to be known in the next one. */
export interface Told {
  readonly lines: readonly string[]
  /** Stands for everything that is told or was; null: there is nothing to tell. */
  readonly hash: string | null
}

/**
 * Problems of a configuration as a cycle tells them: in full (a hundred lines at most) when they are others than those that
 * `before` stands for, which is the hash that the cycle before gave (null: none); otherwise one line that counts them.
 */
export function tellProblems(before: string | null, problems: readonly Problem[], most: number): Told {
  if (problems.length === 0) return { lines: [], hash: null }
  const hash = hashOf(problems)
  return { lines: hash === before ? [summaryOf(problems)] : problemLines(problems, most), hash }
}

function hashOf(problems: readonly Problem[]): string {
  const rows = problems.map(({ severity, file, line, column, message }) => [severity, file, line, column, message])
  return hashText(JSON.stringify(rows))
}

function summaryOf(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const counts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
  ]
  return `the configuration has ${counts.join(' and ')}, as in the cycle before: edgemanage validate lists them`
}
