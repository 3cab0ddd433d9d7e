import { RecordsFault } from '../../cycle/ports/errors.ts'

const throttled = new Set([
  'PriorRequestNotComplete',
  'RequestLimitExceeded',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
])

/** What a failed call means for the cycle, and in words for an operator. */
export function faultOf(error: unknown): RecordsFault {
  if (!(error instanceof Error)) return new RecordsFault('lost', `Route 53: ${String(error)}`)
  const status = (error as Error & { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
  const { name } = error
  const fault = (kind: RecordsFault['kind'], words: string) => new RecordsFault(kind, words, { cause: error })
  if (throttled.has(name) || status === 429) return fault('throttled', `Route 53 is asked too often: ${wordsOf(error)}`)
  if (name === 'InvalidChangeBatch' || batchMessages(error).length > 0) return fault('invalid', wordsOf(error))
  if (name === 'NoSuchHostedZone') return fault('missing', 'there is no such hosted zone: check route53.zones')
  if (/^(AccessDenied|InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|CredentialsProvider)/.test(name)) {
    return fault('refused', `no access to Route 53: ${wordsOf(error)}`)
  }
  if (status !== undefined && status >= 400 && status < 500) return fault('refused', `Route 53: ${wordsOf(error)}`)
  return fault('lost', `Route 53 gave no answer: ${wordsOf(error)}`)
}

function wordsOf(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code
  return batchMessages(error).join('; ') || error.message || code || error.name
}

/** Of a change batch the messages stand in a list of their own, which the SDK takes for an unknown error. */
function batchMessages(error: Error): string[] {
  const { messages, Messages } = error as Error & { messages?: unknown; Messages?: { Message?: unknown } }
  return [messages ?? Messages?.Message ?? []].flat().map(String)
}
