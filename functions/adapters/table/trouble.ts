/** Whether a conditional write found its condition not to hold. */
export function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException'
}

/** What a failing table means for an operator, in one line. */
export function explain(error: unknown, tableName: string): string {
  if (!(error instanceof Error)) return `table ${tableName}: ${String(error)}`
  const code = (error as NodeJS.ErrnoException).code
  switch (error.name) {
    case 'ResourceNotFoundException':
      return `table ${tableName} does not exist here: check TABLE_NAME and the region`
    case 'AccessDeniedException':
    case 'UnrecognizedClientException':
    case 'ExpiredTokenException':
      return `no access to table ${tableName}: ${error.message}`
    case 'CredentialsProviderError':
      return `no AWS credentials were found for table ${tableName}: ${error.message}`
    case 'ProvisionedThroughputExceededException':
    case 'ThrottlingException':
      return `table ${tableName} is throttled: ${error.message}`
    case 'TimeoutError':
      return `table ${tableName} does not answer in time: ${error.message}`
    default:
      return `table ${tableName} is out of reach: ${error.message || code || error.name}`
  }
}
