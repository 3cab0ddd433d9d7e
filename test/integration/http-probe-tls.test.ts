import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { createHttpProbe } from '../../functions/adapters/http-probe.ts'
import type { Request } from '../../functions/cycle/ports.ts'
import { closeServersAfterEach, edge, good, object, pem, requestOf, run, serve } from '../fixtures/probe.ts'
import { httpServer, httpsServer, tcpServer, tlsServer } from '../fixtures/servers.ts'

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
])('a secured connection that is closed after %s is made so many times', async (_name, said, attempts) => {
  const talk = tlsServer(identity('site'), socket => void socket.once('data', () => socket.end(said)))
  const result = await run(await serve(talk), { proto: 'https' })
  expect(result).toMatchObject({ outcome: 'connection_error', attempts })
})
