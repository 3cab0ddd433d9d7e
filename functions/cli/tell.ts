import { formatProblem, type Problem } from '../core/config/problem.ts'
import { messageOf } from '../core/message.ts'
import { ConfigurationFault, exitStatus, UsageError } from './errors.ts'
import type { Terminal } from './terminal.ts'

/** Tells on standard error what stopped a command, in full; the answer is its exit status. */
export function tellError(error: unknown, terminal: Terminal, verbose: boolean): number {
  if (error instanceof ConfigurationFault) terminal.err(problemLines(error.problems))
  terminal.err(`edgemanage: ${messageOf(error)}\n`)
  if (error instanceof ConfigurationFault || error instanceof UsageError) return exitStatus.wrong
  if (verbose && error instanceof Error) terminal.err(`${error.stack}\n`)
  return exitStatus.failed
}

/** One line per problem, `file:line:column: error: message`. */
export function problemLines(problems: readonly Problem[]): string {
  return problems.map(problem => `${formatProblem(problem)}\n`).join('')
}

/** Tells each problem on standard error, but none twice: cycle after cycle has the same. */
export function problemTeller(terminal: Terminal): (problems: readonly Problem[]) => void {
  const told = new Set<string>()
  return problems => {
    const news = problems.filter(problem => !told.has(formatProblem(problem)))
    for (const problem of news) told.add(formatProblem(problem))
    if (news.length > 0) terminal.err(problemLines(news))
  }
}
