import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { exitStatus, exitStatusOf } from '../../app/exit-status.ts'
import { formatProblem, type Problem, problemLines } from '../../core/config/problem.ts'
import { messageOf } from '../../core/domain/message.ts'
import { counted, firstOf } from '../../core/domain/printable.ts'
import type { Terminal } from './terminal.ts'

/** This many lines are told of what stops a command, of what does not, and of networks that are left out. */
const maxErrors = 1_000
const maxWarnings = 100
const maxLeftOut = 20

/** Tells on standard error what stopped a command, in full; the answer is its exit status. */
export function tellError(error: unknown, terminal: Terminal, verbose: boolean): number {
  if (error instanceof ConfigurationFault) terminal.err(asLines(problemLines(error.problems, maxErrors)))
  terminal.err(`edgemanage: ${messageOf(error)}\n`)
  const status = exitStatusOf(error)
  if (status === exitStatus.failed && verbose && error instanceof Error) terminal.err(`${error.stack}\n`)
  return status
}

/** Tells on standard error which networks a command has left out, and why. */
export function tellLeftOut(faults: readonly Problem[], terminal: Terminal): void {
  terminal.err(asLines(leftOutLines(faults).map(line => `edgemanage: ${line}`)))
}

/** What kept networks out of an answer about all: a line for each such network; bounded. */
export function leftOutLines(faults: readonly Problem[]): string[] {
  const byNetwork = new Map<string, Problem[]>()
  for (const fault of faults) {
    if (fault.network === null) continue
    const known = byNetwork.get(fault.network)
    if (known === undefined) byNetwork.set(fault.network, [fault])
    else known.push(fault)
  }
  const lines = [...byNetwork].map(([network, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` (and ${counted(others.length, 'more error')})`
    return `${network} is left out: ${formatProblem(first as Problem)}${more}`
  })
  return firstOf(lines, maxLeftOut, rest => `and ${counted(rest, 'more network')} with errors: see edgemanage validate`)
}

/** Tells each problem on standard error, but none twice: cycle after cycle has the same. */
export function problemTeller(terminal: Terminal): (problems: readonly Problem[]) => void {
  const told = new Set<string>()
  return problems => {
    const news = problems.filter(problem => !told.has(formatProblem(problem)))
    for (const problem of news) told.add(formatProblem(problem))
    terminal.err(asLines(problemLines(news, maxWarnings)))
  }
}

function asLines(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('')
}
