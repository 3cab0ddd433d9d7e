import { counted, printableText } from './printable.ts'

/** The platform cuts what it logs of an error, and says nothing of it: characters. */
const maxMessage = 20_000

/**
 * What went wrong, for anyone who asked: command line, library and functions go by these classes, and by no others. The name is
 * what AWS shows as the type of a function's error; the message lists every reason, in lines that can be shown, and says how
 * much is left out where it is too long.
 */
export abstract class DomainError extends Error {
  constructor(message: string) {
    const shown = printableText(message.slice(0, maxMessage), () => false)
    const rest = message.length - maxMessage
    super(rest <= 0 ? shown : `${shown}… (${counted(rest, 'more character')})`)
  }
}

/** What was asked for cannot be done as it was asked: an event, an argument (contract, "Events and reports"). */
export class InvalidInput extends DomainError {
  override readonly name: string = 'InvalidInput'
}

/** The same of a command or a call of the library. */
export class UsageError extends InvalidInput {
  override readonly name: string = 'UsageError'
}

/** A configuration, or an environment, that nothing can work with. */
export class ConfigurationError extends DomainError {
  override readonly name: string = 'ConfigurationError'
}

/** A cycle that reported `failed`: thrown so that the platform counts it as an error. The report is in the log. */
export class CycleFailed extends DomainError {
  override readonly name: string = 'CycleFailed'
}
