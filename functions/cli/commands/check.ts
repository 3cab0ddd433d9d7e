import { clock } from '../../adapters/time/clock.ts'
import { networkInForce } from '../../app/configuration/choose.ts'
import { ConfigurationFault } from '../../app/configuration-fault.ts'
import { lastPassIn } from '../../app/following/last-pass.ts'
import type { NetworkFlags } from '../../app/network-flags.ts'
import { formatProblem } from '../../core/config/problem.ts'
import { messageOf } from '../../core/domain/message.ts'
import { allChecks } from '../../core/inspect/all-check.ts'
import { type Checked, checkExit, renderChecked, unknown } from '../../core/inspect/check.ts'
import { type CheckName, checks, thresholdsOf } from '../../core/inspect/checks.ts'
import { ageThresholds, followerCheck } from '../../core/inspect/follower-check.ts'
import { runsToLookAt } from '../../core/inspect/second-sight.ts'
import type { Terminal } from '../output/terminal.ts'
import { withJournal } from './with-journal.ts'

export type AnyCheckName = CheckName | 'all' | 'follower'

const ownLabels: Readonly<Record<string, string>> = { follower: 'EDGE_FOLLOWER', all: 'EDGE_ALL' }
const labelOf = (name: AnyCheckName) => ownLabels[name] ?? checks[name as CheckName].label

export interface CheckFlags extends NetworkFlags {
  readonly warning?: string
  readonly critical?: string
  readonly all?: boolean
  /** `follower`: the folder beside the name server. */
  readonly to?: string
}

/** `edgemanage check NAME`: one line for a monitoring system, and its exit status. Whatever goes wrong is UNKNOWN. */
export async function check(
  name: AnyCheckName,
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
  terminal.out(renderChecked(labelOf(name), checked))
  return checkExit[checked.status]
}

async function work(name: AnyCheckName, flags: CheckFlags, env: NodeJS.ProcessEnv): Promise<Checked> {
  if (name === 'follower') return followerWork(flags)
  const { network } = await networkInForce(flags, env)
  const isAll = name === 'all'
  if (isAll && (flags.warning ?? flags.critical) !== undefined) {
    return unknown('check all takes no -w and no -c: each check has its own thresholds')
  }
  const thresholds = isAll ? { warn: null, crit: null } : thresholdsOf(checks[name], network, flags)
  if (typeof thresholds === 'string') return unknown(thresholds)
  const zones = isAll || name === 'zones' || name === 'certificate' || name === 'served'
  const overview = await withJournal(flags, env, journal =>
    journal.overview(network.name, runsToLookAt(network.settings), { zones }),
  )
  const { stored, lastCycle, lastStatus } = overview
  const input = { network, stored, lastCycle, lastStatus, now: clock(), all: flags.all === true }
  return isAll ? allChecks(input) : checks[name].work({ ...input, thresholds })
}

/** The check of a follower asks nobody but its folder. */
async function followerWork(flags: CheckFlags): Promise<Checked> {
  if (!flags.to) return unknown('say where the follower works with --to DIR')
  const report = await lastPassIn(flags.to)
  const thresholds = ageThresholds(report, flags)
  return typeof thresholds === 'string' ? unknown(thresholds) : followerCheck(report, clock(), thresholds)
}

/** What a check that was called wrongly tells its monitoring system; the answer is its exit status. */
export function wrongCheck(args: readonly string[], message: string, out: (text: string) => void): number {
  const name = args.find((arg): arg is AnyCheckName => arg in ownLabels || arg in checks)
  const label = name === undefined ? 'EDGE_CHECK' : labelOf(name)
  const which = `say which check: ${[...Object.keys(checks), ...Object.keys(ownLabels)].join(', ')}`
  out(renderChecked(label, unknown(name === undefined ? which : message.replace(/^error: /, ''))))
  return checkExit.UNKNOWN
}
