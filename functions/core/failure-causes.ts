import type { FailedOutcome } from './model.ts'

/**
 * Numbers under which recorded cycles keep why a probe failed, apart from status codes (100–999). A number never changes
 * its meaning, and words are only added: recorded cycles refer to them. The words are how a probe's `detail` begins.
 */
export const failureCauses: ReadonlyMap<number, string> = new Map([
  [1, 'refused'],
  [2, 'reset'],
  [3, 'aborted'],
  [4, 'unreachable'],
  [5, 'closed without an answer'],
  [6, 'the answer was cut short'],
  [7, 'the answer has over-long headers'],
  [8, 'the answer is not HTTP'],
  [20, 'its certificate has expired'],
  [21, 'its certificate is not valid yet'],
  [22, 'its certificate is self-signed'],
  [23, 'its certificate is for'],
  [24, 'TLS fails'],
  [40, 'the body is longer than the local copy'],
  [41, 'the body differs from the local copy'],
  [42, 'the body is compressed'],
])

/** What is said of a failure whose cause was not kept. */
const outcomeWords: Readonly<Record<FailedOutcome, string>> = {
  timeout: 'no whole answer in time',
  refused: 'refused',
  connection_error: 'the connection broke, or the answer was not HTTP',
  tls_error: 'TLS failed',
  dns_error: 'the name did not resolve',
  bad_status: 'a status other than 2xx',
  verify_failed: 'the body differed from the local copy',
}

const minStatus = 100
const maxStatus = 999

/** The number to keep for a failed probe with this detail: its status code, a cause's number, or 0 where there is none. */
export function causeOf(detail: string): number {
  const [, status] = /^status (\d{3})\b/.exec(detail) ?? []
  if (status !== undefined) return Number(status)
  for (const [number, words] of failureCauses) if (detail.startsWith(words)) return number
  return 0
}

/** The words for a failure that was kept: what `causeOf` made a number of, or else what its outcome says. */
export function causeWords(outcome: FailedOutcome, cause: number): string {
  if (cause >= minStatus && cause <= maxStatus) return `status ${cause}`
  return failureCauses.get(cause) ?? outcomeWords[outcome]
}
