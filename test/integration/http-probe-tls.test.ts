import type { IncomingMessage } from 'node:http'
import type { TLSSocket, TlsOptions } from 'node:tls'
import { expect, test } from 'vitest'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import type { Request } from '../../functions/cycle/ports/request.ts'
import { closeServersAfterEach, edge, good, object, pem, requestOf, run, serve } from '../helpers/probe.ts'
import { httpServer, httpsServer, tcpServer, tlsServer } from '../helpers/servers.ts'

closeServersAfterEach()

const identity = (name: string) => ({ key: pem(`${name}.key`), cert: pem(`${name}.pem`) })

/** A server with the right certificate that notes the SNI names it was asked for; false where there was none. */
async function noting(address: string): Promise<{ port: number; names: unknown[] }> {
  const names: unknown[] = []
  const answer = ({ socket }: IncomingMessage) => {
    names.push((socket as TLSSocket & { servername: unknown }).servername)
  }
  const server = httpsServer(
    identity('site'),
    (request, response) => {
      answer(request)
      response.end(object)
    },
    address,
  )
  return { port: await serve(server), names }
}

test('the certificate must be for the test object, whatever the edge is called; SNI names it', async () => {
  const { port, names } = await noting('127.0.0.1')
  const result = await run(port, { proto: 'https' }, edge('127.0.0.1', 'edge.example'))
  expect(result).toMatchObject({ outcome: 'ok', attempts: 1, phases: { tls: expect.any(Number) } })
  expect(names).toEqual(['site.example'])
})

test.each<[string, string, Request['host'], string]>([
  ['its own', '127.0.0.1', '127.0.0.1', 'ok'],
  ["another than the edge's", '127.0.0.9', '127.0.0.1', 'ok'],
  ["the edge's, for which the certificate is not", '127.0.0.9', '127.0.0.9', 'tls_error'],
  ['an IPv6 address', '::1', '::1', 'ok'],
])('no SNI where the test object is on an address, and its certificate is checked: %s', async (_name, ...row) => {
  const [address, host, outcome] = row
  const { port, names } = await noting(address)
  expect((await run(port, { proto: 'https', host }, edge(address))).outcome).toBe(outcome)
  expect(names).toEqual(outcome === 'ok' ? [false] : [])
})

test.each([
  ['other', 'its certificate is for other.example, not for site.example'],
  ['expired', 'its certificate has expired'],
  ['self', 'its certificate is self-signed'],
])('the certificate `%s` is a TLS error, not tried again, unless nothing is verified', async (name, detail) => {
  const port = await serve(httpsServer(identity(name), good))
  expect(await run(port, { proto: 'https' })).toMatchObject({ outcome: 'tls_error', attempts: 1, detail })
  expect((await run(port, { proto: 'https', verify: false })).outcome).toBe('ok')
})

test('an authority that the system does not know is a TLS error', async () => {
  const request = requestOf(await serve(httpsServer(identity('site'), good)), { proto: 'https' })
  const result = await createHttpProbe()(edge(), request, new AbortController().signal)
  expect(result).toMatchObject({ outcome: 'tls_error', attempts: 1 })
})

test('no TLS at all is a TLS error; TLS where none is asked for is no HTTP', async () => {
  const plain = await run(await serve(httpServer(good)), { proto: 'https' })
  expect(plain).toMatchObject({ outcome: 'tls_error', attempts: 1 })
  const secured = await run(await serve(httpsServer(identity('site'), good)))
  expect(secured.outcome).toBe('connection_error')
})

test('versions that do not meet are a TLS error', async () => {
  const port = await serve(httpsServer({ ...identity('site'), maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' }, good))
  expect(await run(port, { proto: 'https' })).toMatchObject({ outcome: 'tls_error', attempts: 1 })
})

test('a connection that is reset or closed within the handshake is tried again', async () => {
  const reset = await serve(tcpServer(socket => void socket.once('data', () => socket.resetAndDestroy())))
  expect(await run(reset, { proto: 'https' })).toMatchObject({ outcome: 'connection_error', attempts: 3 })
  const closed = await serve(tcpServer(socket => void socket.once('data', () => socket.end())))
  expect(await run(closed, { proto: 'https' })).toMatchObject({
    outcome: 'connection_error',
    detail: 'closed without an answer 3 times',
  })
})

test('a handshake that hangs is a timeout', async () => {
  const port = await serve(tcpServer(() => {}))
  const result = await run(port, { proto: 'https', timeoutSeconds: 0.3 })
  expect(result).toMatchObject({ outcome: 'timeout', detail: 'no TLS handshake within 0.3 s' })
})

test.each([
  ['nothing', '', 3],
  ['a part of the headers', 'HTTP/1.1 200', 1],
])('a secured connection that is closed after %s is made this many times', async (_name, said, attempts) => {
  const talk = tlsServer(identity('site'), socket => void socket.once('data', () => socket.end(said)))
  const result = await run(await serve(talk), { proto: 'https' })
  expect(result).toMatchObject({ outcome: 'connection_error', attempts })
})

test.each<[string, TlsOptions, RegExp]>([
  ['other versions', { ...identity('site'), maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' }, /"protocol version"/],
  ['no certificate', {}, /"handshake failure"/],
  ['another protocol', { ...identity('site'), ALPNProtocols: ['h2'] }, /"no application protocol"/],
  [
    'a client certificate asked for',
    { ...identity('site'), requestCert: true, rejectUnauthorized: true, ca: pem('ca.pem') },
    /"certificate required"/,
  ],
])('what the other side says is told: %s', async (_name, options, words) => {
  const result = await run(await serve(tlsServer(options, () => {})), { proto: 'https' })
  expect(result.outcome).toBe('tls_error')
  expect(result.detail).toMatch(words)
  expect(result.detail).not.toContain('EPROTO')
})

test.each<[string, string | Buffer, string]>([
  ['plain HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'it does not speak TLS on this port, but plain HTTP'],
  ['mail', '220 mail.example ESMTP\r\n', 'it does not speak TLS on this port'],
  ['an alert', Buffer.from([21, 3, 3, 0, 2, 2, 112]), 'it ended TLS with the alert "unrecognized name": it has no'],
  ['an unknown alert', Buffer.from([21, 3, 3, 0, 2, 2, 99]), 'it ended TLS with the alert "99"'],
  ['an old version', oldHello(), 'it chose TLS 1.0, which is not accepted here'],
])('what it speaks instead is told: %s', async (_name, said, words) => {
  const port = await serve(tcpServer(socket => void socket.once('data', () => socket.end(said))))
  const result = await run(port, { proto: 'https' })
  expect(result).toMatchObject({ outcome: 'tls_error', attempts: 1 })
  expect(result.detail).toContain(words)
})

/** A ServerHello of TLS 1.0. */
function oldHello(): Buffer {
  const hello = Buffer.from([3, 1, ...Array(32).fill(7), 0, 0, 0x2f, 0])
  return Buffer.from([22, 3, 1, 0, hello.length + 4, 2, 0, 0, hello.length, ...hello])
}

test.each<[string, string, boolean]>([
  ['site', '2120-01-01', true],
  ['expired', '2020-02-01', true],
  ['expired', '2020-02-01', false],
  ['other', '2120-01-01', true],
])('when the certificate `%s` ends is told, whatever comes of it: %s', async (name, day, verify) => {
  const result = await run(await serve(httpsServer(identity(name), good)), { proto: 'https', verify })
  expect(new Date(Number(result.certificateExpires)).toISOString().slice(0, 10)).toBe(day)
})

test('an edge whose certificate is refused never sees the request', async () => {
  let asked = 0
  const talk = tlsServer(identity('other'), socket => void socket.on('data', () => asked++))
  expect((await run(await serve(talk), { proto: 'https', headers: { 'X-Token': 's3cret' } })).outcome).toBe('tls_error')
  expect(asked).toBe(0)
})
