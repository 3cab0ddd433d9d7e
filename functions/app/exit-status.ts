import { ConfigurationError, InvalidInput } from '../core/domain/errors.ts'

/** Exit statuses of every command (contract, "Command line"); `planned`: of a dry run that is asked for it. */
export const exitStatus = { success: 0, failed: 1, wrong: 2, planned: 3 } as const

/** The exit status of a command that this error ended: what can be corrected where it was called is `wrong`. */
export function exitStatusOf(error: unknown): number {
  const isWrong = error instanceof InvalidInput || error instanceof ConfigurationError
  return isWrong ? exitStatus.wrong : exitStatus.failed
}
