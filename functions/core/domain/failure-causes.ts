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
  [9, 'the answer begins with too many empty lines'],
  [10, 'there are too many interim answers'],
  [11, 'it sends too much besides an answer'],
  [20, 'its certificate has expired'],
  [21, 'its certificate is not valid yet'],
  [22, 'its certificate is self-signed'],
  [23, 'its certificate is for'],
  [24, 'TLS fails'],
  [25, 'its certificate was revoked'],
  [26, 'its certificate comes from an authority that is not trusted here'],
  [27, 'its certificate comes from an authority that is not known here'],
  [28, 'its certificate comes without those that lead to a trusted authority'],
  [29, 'its certificate has a wrong signature'],
  [30, 'its chain of certificates is too long'],
  [31, 'its certificate is not for a server'],
  [32, 'it ended TLS with the alert'],
  [33, 'it does not speak TLS on this port'],
  [34, 'it chose'],
  [40, 'the body is longer than the local copy'],
  [41, 'the body differs from the local copy'],
  [42, 'the body comes compressed'],
  [43, 'the body comes in a coding that was not asked for'],
  [44, 'the body is shorter than the local copy'],
  [60, 'no connection'],
  [61, 'no TLS handshake'],
  [62, 'no answer'],
  [63, 'no whole answer'],
  [64, 'no name server answered'],
  [65, 'the name was not resolved'],
  [66, 'the name resolves only to what no client can reach'],
  [67, 'the name does not resolve'],
])

/** What is said later where the first words alone make no sentence. */
const shortWords: ReadonlyMap<number, string> = new Map([
  [11, 'it sent too much besides an answer'],
  [23, 'its certificate is for other names'],
  [32, 'it ended TLS with an alert'],
  [34, 'it chose a version of TLS that is not accepted here'],
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
  return shortWords.get(cause) ?? failureCauses.get(cause) ?? outcomeWords[outcome]
}
