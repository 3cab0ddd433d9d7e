import { clock } from '../../adapters/time/clock.ts'
import { chooseNetwork } from '../../app/choose-network.ts'
import { ConfigurationFault } from '../../app/errors.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { messageOf } from '../../core/domain/message.ts'
import { type Checked, checkExit, renderChecked, unknown } from '../../core/inspect/check.ts'
import { checks, thresholdsOf } from '../../core/inspect/checks.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export type CheckName = keyof typeof checks

export interface CheckFlags extends NetworkFlags {
  readonly warning?: string
  readonly critical?: string
  readonly all?: boolean
}

/** `edgemanage check NAME`: one line for a monitoring system, and its exit status. Whatever goes wrong is UNKNOWN. */
export async function check(
  name: CheckName,
  flags: CheckFlags,
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  let checked: Checked
  try {
    checked = await work(name, flags, env)
  } catch (error) {
    const [problem] = error instanceof ConfigurationFault ? error.problems : []
    checked = unknown(problem === undefined ? messageOf(error) : `${messageOf(error)}: ${formatProblem(problem)}`)
    if (flags.verbose === true && error instanceof Error) terminal.err(`${error.stack}\n`)
  }
  terminal.out(renderChecked(checks[name].label, checked))
  return checkExit[checked.status]
}

async function work(name: CheckName, flags: CheckFlags, env: NodeJS.ProcessEnv): Promise<Checked> {
  const { network } = chooseNetwork(flags, env)
  const thresholds = thresholdsOf(checks[name], network, flags)
  if (typeof thresholds === 'string') return unknown(thresholds)
  const overview = await withJournal(flags, env, journal => journal.overview(network.name, 1, { zones: false }))
  const { stored, lastCycle, lastStatus } = overview
  const input = { network, stored, lastCycle, lastStatus, now: clock(), thresholds, all: flags.all === true }
  return checks[name].work(input)
}

/** What a check that was called wrongly tells its monitoring system; the answer is its exit status. */
export function wrongCheck(args: readonly string[], message: string, out: (text: string) => void): number {
  const name = args.find(arg => arg in checks)
  const label = name === undefined ? 'EDGE_CHECK' : checks[name as CheckName].label
  const which = `say which check: ${Object.keys(checks).join(', ')}`
  out(renderChecked(label, unknown(name === undefined ? which : message.replace(/^error: /, ''))))
  return checkExit.UNKNOWN
}
