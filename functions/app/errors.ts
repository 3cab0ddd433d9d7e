import type { Problem } from '../core/config/problem.ts'

/** Exit statuses of every command (contract, "Command line"); `planned`: of a dry run that is asked for it. */
export const exitStatus = { success: 0, failed: 1, wrong: 2, planned: 3 } as const

/** The command was used wrongly: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The configuration has errors: exit status 2, each of them printed. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault'
  readonly problems: readonly Problem[]

  constructor(folder: string, problems: readonly Problem[]) {
    super(`the configuration in ${folder} has errors`)
    this.problems = problems
  }
}
