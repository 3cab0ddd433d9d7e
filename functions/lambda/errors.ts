import { counted, printableText } from '../core/domain/printable.ts'

/** The platform cuts what it logs of an error, and says nothing of it: characters. */
const maxMessage = 20_000

/** An event that a function cannot act on; the message lists every reason (contract, "Events and reports"). */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'

  constructor(message: string) {
    super(boundedMessage(message))
  }
}

/** An environment or a configuration that a function cannot work with; the message lists every reason. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'

  constructor(message: string) {
    super(boundedMessage(message))
  }
}

/** A cycle that reported `failed`: thrown so that the platform counts it as an error. The report is in the log. */
export class CycleFailed extends Error {
  override readonly name = 'CycleFailed'

  constructor(message: string) {
    super(boundedMessage(message))
  }
}

/** The message, in lines that can be shown, cut where it is too long; then it says how much is left out. */
function boundedMessage(message: string): string {
  const shown = printableText(message.slice(0, maxMessage), () => false)
  const rest = message.length - maxMessage
  return rest <= 0 ? shown : `${shown}… (${counted(rest, 'more character')})`
}
