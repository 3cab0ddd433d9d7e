import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import net, { isIP, type Socket } from 'node:net'
import tls, { checkServerIdentity, type SecureContext } from 'node:tls'
import type { FailedOutcome } from '../../core/model.ts'
import type { Request } from '../../cycle/ports.ts'
import { hostHeader } from './host-header.ts'
import { readObject } from './object.ts'
import { classify, type Stage } from './trouble.ts'

/** Moments of one attempt, in milliseconds of `performance.now()`; null where it did not get so far. */
export interface Moments {
  started: number
  connected: number | null
  secured: number | null
  firstByte: number | null
  lastByte: number | null
}

/** How one attempt failed. `mayRetry`: the connection broke before the first byte of an answer (behaviour §1.5). */
export interface Failure {
  readonly outcome: FailedOutcome
  readonly detail: string
  readonly mayRetry: boolean
}

export type AttemptResult = { readonly outcome: 'ok' } | Failure

export interface Attempt {
  /** Never rejects; stays open where `destroy` comes first. */
  readonly result: Promise<AttemptResult>
  readonly moments: Moments
  /** Ends it at once; nothing of it stays behind. */
  readonly destroy: () => void
}

/** Bytes of answer headers; more is no answer to a probe. */
const maxHeaderSize = 16_384

/**
 * One connection to one address and one request over it (behaviour §1.2, §1.6, §1.7). The address override belongs to
 * this connection alone: there is no agent, no pool and no shared look-up. `ca`: trusted roots in PEM, instead of the
 * system's. Throws where the request cannot even be put into words (a URI with a line break).
 */
export function startAttempt(address: string, request: Request, ca: string | undefined): Attempt {
  const moments: Moments = {
    started: performance.now(),
    connected: null,
    secured: null,
    firstByte: null,
    lastByte: null,
  }
  const onStart = () => {
    moments.started = performance.now()
  }
  const sent = send(address, request, ca, onStart)
  const result = new Promise<AttemptResult>(resolve => {
    sent.once('socket', socket => watchSocket(socket, moments))
    // Stays attached: destroying a request may give one more error.
    sent.on('error', error => resolve(classify(error, stageOf(moments, request), request.host)))
    sent.once('upgrade', (answer, socket) => {
      socket.destroy()
      resolve(badStatus(answer.statusCode))
    })
    sent.once('response', answer => {
      const { statusCode = 0 } = answer
      if (statusCode < 200 || statusCode > 299) return resolve(badStatus(statusCode))
      readObject(answer, request, moments).then(resolve, error => resolve(classify(error, 'answer', request.host)))
    })
  })
  sent.end()
  const destroy = () => void sent.destroy()
  return { result: result.finally(destroy), moments, destroy }
}

function badStatus(status: number | undefined): Failure {
  return { outcome: 'bad_status', detail: `status ${status}`, mayRetry: false }
}

/** How far an attempt is. */
function stageOf({ connected, secured, firstByte }: Moments, { proto }: Request): Stage {
  if (firstByte !== null) return 'answer'
  return proto === 'https' && connected !== null && secured === null ? 'handshake' : 'connection'
}

function send(address: string, request: Request, ca: string | undefined, onStart: () => void): ClientRequest {
  const options = {
    host: address,
    port: request.port,
    path: request.uri,
    maxHeaderSize,
    headers: { Host: hostHeader(request), 'Accept-Encoding': 'identity', Accept: '*/*', 'User-Agent': 'edgemanage' },
  }
  const place = { host: address, port: request.port }
  // Without an agent nothing is shared between requests, and nothing comes between this moment and the connection.
  const connect = <T>(start: () => T) => {
    onStart()
    return start()
  }
  if (request.proto === 'http') {
    return http.request({ ...options, createConnection: () => connect(() => net.connect(place)) })
  }
  const secure = {
    ...place,
    secureContext: trusting(ca),
    ALPNProtocols: ['http/1.1'],
    servername: isIP(request.host) === 0 ? request.host : '',
    rejectUnauthorized: request.verify,
    // The name to check is the test object's, which may be an address, and never the edge's.
    checkServerIdentity: (_name: string, certificate: tls.PeerCertificate) =>
      checkServerIdentity(request.host, certificate),
  }
  return https.request({ ...options, createConnection: () => connect(() => tls.connect(secure)) })
}

const contexts = new Map<string | undefined, SecureContext>()

/**
 * What is trusted, read once: building it for every connection takes longer than the handshake. Sessions are not kept,
 * as a resumed one would not check the certificate again.
 */
function trusting(ca: string | undefined): SecureContext {
  const known = contexts.get(ca) ?? tls.createSecureContext({ ca })
  contexts.set(ca, known)
  return known
}

function watchSocket(socket: Socket, moments: Moments): void {
  socket.once('connect', () => {
    moments.connected = performance.now()
  })
  socket.once('secureConnect', () => {
    moments.secured = performance.now()
  })
  // Before the parser's own listener, which may fail on these very bytes. Under TLS these are the decrypted ones.
  socket.prependOnceListener('data', () => {
    moments.firstByte = performance.now()
  })
}
