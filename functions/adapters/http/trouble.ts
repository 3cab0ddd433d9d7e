import type { AttemptResult } from './attempt.ts'

/** Codes of a connection that could not be made or broke: tried again before the first byte (behaviour §1.5). */
const brokenConnection: Record<string, string> = {
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ECONNABORTED: 'connection aborted',
  EHOSTUNREACH: 'host unreachable',
  EHOSTDOWN: 'host down',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network down',
  EADDRNOTAVAIL: 'no local address reaches it',
  EACCES: 'connection not permitted',
  EPERM: 'connection not permitted',
  EINVAL: 'address cannot be connected to',
  ETIMEDOUT: 'connection timed out',
}

/** What an error of an attempt means: outcome, words, and whether to try again (behaviour §1.5, §1.8). */
export function classify(error: unknown, hasFirstByte: boolean, host: string): AttemptResult & { outcome: string } {
  const { code = '', message = String(error) } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return { outcome: 'refused', detail: 'refused', mayRetry: true }
  const broken = brokenConnection[code]
  if (broken !== undefined) {
    const detail = hasFirstByte ? 'the answer was cut short' : broken
    return { outcome: 'connection_error', detail, mayRetry: !hasFirstByte }
  }
  if (code.startsWith('HPE_')) return { outcome: 'connection_error', detail: badAnswer(code), mayRetry: false }
  if (isTls(code)) return { outcome: 'tls_error', detail: tlsWords(code, message, host), mayRetry: false }
  return { outcome: 'connection_error', detail: message || code, mayRetry: false }
}

function badAnswer(code: string): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'the answer has over-long headers'
  return `the answer is not HTTP (${code})`
}

function isTls(code: string): boolean {
  return code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO' || certificateFaults.test(code)
}

const certificateFaults = /CERT|SIGNATURE|ISSUER|CRL|SELF_SIGNED|CHAIN|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/

function tlsWords(code: string, message: string, host: string): string {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is not for ${host}`
  if (code === 'CERT_HAS_EXPIRED') return 'its certificate has expired'
  return `TLS fails: ${code || message}`
}
