import type { Problem } from '../core/config/problem.ts'
import { ConfigurationError } from '../core/domain/errors.ts'

/** A configuration folder with errors, and each of them. */
export class ConfigurationFault extends ConfigurationError {
  override readonly name = 'ConfigurationFault'
  readonly problems: readonly Problem[]

  constructor(folder: string, problems: readonly Problem[]) {
    super(`the configuration in ${folder} has errors`)
    this.problems = problems
  }
}
