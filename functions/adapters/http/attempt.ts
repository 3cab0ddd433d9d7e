import { createHash } from 'node:crypto'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { checkServerIdentity } from 'node:tls'
import type { FailedOutcome } from '../../core/model.ts'
import type { Request } from '../../cycle/ports.ts'
import { hostHeader } from './host-header.ts'
import { classify } from './trouble.ts'

/** Moments of one attempt, in milliseconds of `performance.now()`; null where it did not get so far. */
export interface Moments {
  readonly started: number
  connected: number | null
  secured: number | null
  firstByte: number | null
  lastByte: number | null
}

export type AttemptResult =
  | { readonly outcome: 'ok' }
  | { readonly outcome: FailedOutcome; readonly detail: string; readonly mayRetry: boolean }

export interface Attempt {
  readonly result: Promise<AttemptResult>
  readonly moments: Moments
  /** Ends it at once; nothing of it stays behind. */
  readonly destroy: () => void
}

/** Bytes of answer headers; more is no answer to a probe. */
const maxHeaderSize = 16_384

/**
 * One connection to one address and one request over it (behaviour §1.2, §1.6, §1.7). The address override belongs to
 * this connection alone: there is no agent, no pool and no shared look-up. `ca`: further trusted roots, in PEM.
 */
export function startAttempt(address: string, request: Request, ca: string | undefined): Attempt {
  const moments: Moments = {
    started: performance.now(),
    connected: null,
    secured: null,
    firstByte: null,
    lastByte: null,
  }
  const sent = send(address, request, ca)
  const result = new Promise<AttemptResult>(resolve => {
    sent.once('socket', socket => watchSocket(socket, moments))
    sent.once('error', error => resolve(classify(error, hasBytes(sent, moments, request), request.host)))
    sent.once('upgrade', (answer, socket) => {
      socket.destroy()
      resolve({ outcome: 'bad_status', detail: `status ${answer.statusCode}`, mayRetry: false })
    })
    sent.once('response', answer => {
      moments.firstByte ??= performance.now()
      readAnswer(answer, request, moments).then(resolve, error => resolve(classify(error, true, request.host)))
    })
  })
  sent.end()
  const destroy = () => {
    sent.on('error', () => {})
    sent.destroy()
  }
  return { result: result.finally(destroy), moments, destroy }
}

/** Whether anything of an answer came; under TLS the handshake's bytes cannot be told apart, so only whole headers do. */
function hasBytes(sent: ClientRequest, moments: Moments, request: Request): boolean {
  return moments.firstByte !== null || (request.proto === 'http' && (sent.socket?.bytesRead ?? 0) > 0)
}

function send(address: string, request: Request, ca: string | undefined): ClientRequest {
  const options = {
    host: address,
    port: request.port,
    path: request.uri,
    agent: false as const,
    maxHeaderSize,
    headers: { Host: hostHeader(request), 'Accept-Encoding': 'identity', Accept: '*/*', 'User-Agent': 'edgemanage' },
  }
  if (request.proto === 'http') return http.request(options)
  return https.request({
    ...options,
    servername: isIP(request.host) === 0 ? request.host : '',
    rejectUnauthorized: request.verify,
    checkServerIdentity: (_name, certificate) => checkServerIdentity(request.host, certificate),
    ...(ca === undefined ? {} : { ca }),
  })
}

function watchSocket(socket: Socket, moments: Moments): void {
  socket.once('connect', () => {
    moments.connected = performance.now()
  })
  socket.once('secureConnect', () => {
    moments.secured = performance.now()
  })
}

/** Hashes the body as it comes and gives up as soon as it cannot be the test object any more. */
async function readAnswer(answer: IncomingMessage, request: Request, moments: Moments): Promise<AttemptResult> {
  const status = answer.statusCode ?? 0
  if (status < 200 || status > 299) return { outcome: 'bad_status', detail: `status ${status}`, mayRetry: false }
  const differs = (why: string): AttemptResult => ({ outcome: 'verify_failed', detail: why, mayRetry: false })
  if (Number(answer.headers['content-length']) > request.bytes) return differs('the body is longer than the local copy')
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    moments.lastByte = performance.now()
    bytes += chunk.length
    if (bytes > request.bytes) return differs('the body is longer than the local copy')
    hash.update(chunk)
  }
  moments.lastByte ??= performance.now()
  return hash.digest('hex') === request.sha256 ? { outcome: 'ok' } : differs('the body differs from the local copy')
}
