import { ownFaultWords } from '../../../core/domain/own-fault.ts'
import type { Failure } from './attempt-result.ts'
import { floodCode, type TlsError } from './secure-wire.ts'
import { isAlert, tlsWords } from './tls-words.ts'

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
  EAFNOSUPPORT: 'unreachable',
  EINVAL: 'unreachable',
  ETIMEDOUT: 'unreachable',
}

/**
 * What an error of an attempt means: outcome, words, and whether to try again (behaviour §1.5, §1.8). `host` is the test
 * object's.
 */
export function classify(error: TlsError, stage: Stage, host: string): Failure {
  const { code = '', message, syscall } = error
  const failed = (outcome: Failure['outcome'], detail: string, mayRetry = false) => ({ outcome, detail, mayRetry })
  const own = ownFaultOf(error)
  if (own !== null) return own
  if (code === 'ECONNREFUSED') return failed('refused', 'refused', true)
  if (code === floodCode) return failed(stage === 'handshake' ? 'tls_error' : 'connection_error', message)
  // Its alert may come together with the end of the connection.
  if (stage === 'handshake' && isAlert(error)) return failed('tls_error', tlsWords(error, host))
  const broken = brokenConnection[code]
  if (broken === undefined && (stage === 'handshake' || isTls(code))) return failed('tls_error', tlsWords(error, host))
  if (stage === 'answer') return failed('connection_error', 'the answer was cut short')
  // Node gives ECONNRESET without a system call where the other side just closed.
  if (code === 'ECONNRESET' && syscall === undefined) return closed
  return failed('connection_error', broken ?? (code || message), broken !== undefined)
}

/** The connection came to its end before the first byte of an answer. */
export const closed: Failure = { outcome: 'connection_error', detail: 'closed without an answer', mayRetry: true }

/** The end of an attempt where an error is the prober's own failure; null where it may be the edge's. */
export function ownFaultOf({ code = '' }: NodeJS.ErrnoException): Failure | null {
  const words = ownFaultWords(code)
  return words === null ? null : { outcome: 'skipped', detail: `${words} (${code})`, mayRetry: false, ownFault: code }
}

/** TLS may also fail after its handshake: a server's alert comes when it likes. */
function isTls(code: string): boolean {
  return code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code === 'EPROTO'
}
