import type { Failure } from './attempt.ts'

/** Where an attempt was when it failed: before any byte, between TCP and TLS, or in the answer. */
export type Stage = 'connection' | 'handshake' | 'answer'

/** Codes of a connection that could not be made or broke: tried again before the first byte (behaviour §1.5). */
const brokenConnection: Readonly<Record<string, string>> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'aborted',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EACCES: 'not permitted',
  EPERM: 'not permitted',
  EINVAL: 'unreachable',
  ETIMEDOUT: 'unreachable',
}

/**
 * What an error of an attempt means: outcome, words, and whether to try again (behaviour §1.5, §1.8). `host` is the test
 * object's.
 */
export function classify(error: unknown, stage: Stage, host: string): Failure {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException
  const failed = (outcome: Failure['outcome'], detail: string, mayRetry = false) => ({ outcome, detail, mayRetry })
  if (code === 'ECONNREFUSED') return failed('refused', 'refused', true)
  if (code.startsWith('HPE_')) return failed('connection_error', badAnswer(code))
  const broken = brokenConnection[code]
  if (broken === undefined && (stage === 'handshake' || isTls(code)))
    return failed('tls_error', tlsWords(error as CertificateError, host))
  if (stage === 'answer') return failed('connection_error', 'the answer was cut short')
  // Node gives ECONNRESET without a system call where the other side just closed.
  if (code === 'ECONNRESET' && syscall === undefined)
    return failed('connection_error', 'closed without an answer', true)
  return failed('connection_error', broken ?? (code || message), broken !== undefined)
}

function badAnswer(code: string): string {
  return code === 'HPE_HEADER_OVERFLOW' ? 'the answer has over-long headers' : `the answer is not HTTP (${code})`
}

/** TLS may also fail after its handshake: a server's alert comes when it likes. */
function isTls(code: string): boolean {
  return code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO'
}

interface CertificateError extends NodeJS.ErrnoException {
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } }
}

const certificateFaults: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
}

function tlsWords(error: CertificateError, host: string): string {
  const { code = '', message } = error
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `its certificate is for ${namesOf(error)}, not for ${host}`
  return certificateFaults[code] ?? `TLS fails (${code || message})`
}

const namesTold = 3

/** The first names that a certificate is for. */
function namesOf({ cert }: CertificateError): string {
  const names = cert?.subjectaltname?.split(', ').map(name => name.slice(name.indexOf(':') + 1)) ?? []
  if (names.length === 0) return cert?.subject?.CN ?? 'no name'
  return `${names.slice(0, namesTold).join(', ')}${names.length > namesTold ? ' …' : ''}`
}
