import { constants } from 'node:crypto'
import { isIP } from 'node:net'
import { Duplex } from 'node:stream'
import tls, { checkServerIdentity, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls'
import { createTlsRecords, type TlsRecords } from './tls-records.ts'
import { type Connection, type Heard, openWire, type Place } from './wire.ts'

/** What else a secured connection tells. */
export interface HeardSecurely extends Heard {
  /** When the certificate of the other side ends, in milliseconds since 1970; told before it is accepted or refused. */
  readonly certificate: (expiresMs: number) => void
  /** The handshake is over, and the request may be sent. */
  readonly secured: () => void
}

export interface Security {
  /** For whom the certificate must be; SNI where it is a name. */
  readonly host: string
  readonly verify: boolean
  /** Trusted roots in PEM, instead of the system's. */
  readonly ca: string | undefined
}

/** An error of TLS, with the first bytes that the other side sent. */
export interface TlsError extends NodeJS.ErrnoException {
  firstBytes?: Buffer
}

/** Bytes that are decrypted at once, before their records are counted again. */
const maxRead = 16_384

/** The code of an error for a connection that brings more than an answer. */
export const floodCode = 'EDGE_FLOOD'

/**
 * Connects and makes TLS of it, with its own checks before the request may go (behaviour §1.2): the certificate's chain,
 * and the test object's name on it. The bytes go through here, and not straight into TLS, so that they can be counted.
 */
export function openSecureWire(place: Place, security: Security, heard: HeardSecurely): Connection {
  const records = createTlsRecords()
  let inner: { readonly socket: TLSSocket; readonly stream: Duplex } | null = null
  let isOver = false
  const destroy = () => {
    isOver = true
    inner?.socket.destroy()
    inner?.stream.destroy()
    wire.destroy()
  }
  const fail = (error: TlsError) => {
    if (isOver) return
    error.firstBytes = records.first()
    heard.failed(error)
  }
  const wire = openWire(
    place,
    {
      connected: () => {
        heard.connected()
        inner = secure(wire, security, records, { ...heard, failed: fail })
      },
      bytes: bytes => {
        if (!records.take(bytes)) return fail(flood())
        // Copied: TLS may keep them.
        inner?.stream.push(Buffer.from(bytes))
        if (records.isFlood()) fail(flood())
      },
      ended: () => void inner?.stream.push(null),
      failed: fail,
    },
    maxRead,
  )
  return { send: bytes => void inner?.socket.write(bytes, 'latin1'), destroy }
}

function flood(): TlsError {
  return Object.assign(new Error('it sends too much besides an answer'), { code: floodCode })
}

function secure(wire: Connection, security: Security, records: TlsRecords, heard: HeardSecurely) {
  const { host, verify, ca } = security
  const stream = streamOver(wire)
  const identity = identityFor(host)
  let isSecured = false
  const socket = tls.connect({
    socket: stream,
    secureContext: trusting(ca),
    ALPNProtocols: ['http/1.1'],
    servername: isIP(host) === 0 ? host : '',
    // The verdict is read below, so that the certificate can be told where it is refused.
    rejectUnauthorized: false,
    checkServerIdentity: identity.check,
  })
  socket.once('secureConnect', () => {
    isSecured = true
    const expiresMs = identity.expiresMs(socket)
    if (!Number.isNaN(expiresMs)) heard.certificate(expiresMs)
    if (verify && !socket.authorized) heard.failed(identity.misnamed() ?? refused(socket))
    else heard.secured()
  })
  socket.on('session', () => {
    if (!records.ticket()) heard.failed(flood())
  })
  socket.on('data', (bytes: Buffer) => {
    records.gave(bytes.length)
    heard.bytes(bytes)
  })
  // Node has this code where the other side closes within the handshake; it may as well just end.
  const closed = () => heard.failed(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
  socket.once('end', () => (isSecured ? heard.ended() : closed()))
  // Both stay attached: destroying may give one more error.
  socket.on('error', heard.failed)
  stream.on('error', () => {})
  return { socket, stream }
}

/** The certificate that the other side shows, as TLS asks for a verdict on it. */
interface Identity {
  readonly check: (name: string, certificate: PeerCertificate) => Error | undefined
  /** Why it is not for this host; undefined: it is, or has not been checked. */
  readonly misnamed: () => Error | undefined
  /** When it expires, milliseconds; NaN where it does not say so. */
  readonly expiresMs: (socket: TLSSocket) => number
}

/** `host`: the test object's, which may be an address, and never the edge's. */
function identityFor(host: string): Identity {
  let misnamed: Error | undefined
  let seen: PeerCertificate | null = null
  return {
    check: (_name, certificate) => {
      seen = certificate
      misnamed = checkServerIdentity(host, certificate)
      return misnamed
    },
    misnamed: () => misnamed,
    expiresMs: socket => Date.parse(endOf(seen, socket)),
  }
}

/**
 * When the certificate ends, as a text; empty where there is none. `seen`: what TLS has shown of it, as it does where the chain
 * was not refused. Otherwise it is read as an `X509Certificate`, which is quick, however many names an edge puts on it; but
 * those of a thousand good probes would be collected at once, and hold up the loop.
 */
function endOf(seen: PeerCertificate | null, socket: TLSSocket): string {
  return seen?.valid_to ?? socket.getPeerX509Certificate()?.validTo ?? ''
}

/** The error with which the chain of certificates was refused. */
function refused({ authorizationError }: TLSSocket): Error {
  const code = String(authorizationError ?? 'it was refused')
  return Object.assign(new Error(code), { code })
}

/** The wire as the stream that TLS asks for. */
function streamOver(wire: Connection): Duplex {
  return new Duplex({
    read: () => {},
    write: (bytes: Buffer, _encoding, done) => {
      wire.send(bytes)
      done()
    },
  })
}

const contexts = new Map<string | undefined, SecureContext>()

/**
 * What is trusted, read once: building it for every connection takes longer than the handshake. Sessions are not kept,
 * as a resumed one would not check the certificate again; nor is a handshake made again within a connection.
 */
function trusting(ca: string | undefined): SecureContext {
  const secureOptions = constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_TICKET
  const known = contexts.get(ca) ?? tls.createSecureContext({ ca, secureOptions })
  contexts.set(ca, known)
  return known
}
