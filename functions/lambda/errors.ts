/** An event that a function cannot act on; the message lists every reason (contract, "Events and reports"). */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
}

/** An environment or a configuration that a function cannot work with; the message lists every reason. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

/** A cycle that reported `failed`: thrown so that the platform counts it as an error. The report is in the log. */
export class CycleFailed extends Error {
  override readonly name = 'CycleFailed'
}
