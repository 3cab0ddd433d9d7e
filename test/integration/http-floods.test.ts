import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { measuresTime } from '../helpers/measures-time.ts'
import { closeServersAfterEach, object, pem, run, serve } from '../helpers/probe.ts'
import { httpServer, tcpServer, tlsServer } from '../helpers/servers.ts'

closeServersAfterEach()

/** Sends `text` for ever, as fast as it is taken. */
function pour(socket: Socket, text: string | Buffer, before = ''): void {
  const block = typeof text === 'string' ? text.repeat(Math.ceil(8192 / text.length)) : text
  const more = () => {
    while (!socket.destroyed && socket.write(block, 'latin1')) {
      // Until the connection takes no more for now.
    }
    if (!socket.destroyed) socket.once('drain', more)
  }
  if (before !== '') socket.write(before)
  more()
}

const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
const floods: [name: string, text: string, before: string][] = [
  ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n', ''],
  ['102 Processing', 'HTTP/1.1 102 Processing\r\n\r\n', ''],
  ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n', ''],
  ['empty lines', '\r\n', ''],
  ['bare line feeds', '\n', ''],
  ['blanks', ' ', ''],
  ['headers', 'X: y\r\n', 'HTTP/1.1 200 OK\r\n'],
  ['one header', 'x', 'HTTP/1.1 200 OK\r\nX: '],
  ['a first line', 'x', 'HTTP/1.1 200 '],
  ['folded lines', ' y\r\n', 'HTTP/1.1 200 OK\r\nX: y\r\n'],
  ['zeros of a chunk size', '0', chunked],
  ['a chunk extension', 'x', `${chunked}1;`],
]

test.each(floods)('endless %s end the probe at once', measuresTime, async (_name, text, before) => {
  const port = await serve(tcpServer(socket => void socket.once('data', () => pour(socket, text, before))))
  const started = performance.now()
  expect(await run(port, { timeoutSeconds: 5 })).toMatchObject({ outcome: 'connection_error', attempts: 1 })
  expect(performance.now() - started).toBeLessThan(1000)
})

test.each(floods)('endless %s end the probe at once under TLS, too', measuresTime, async (_name, text, before) => {
  const identity = { key: pem('site.key'), cert: pem('site.pem') }
  const port = await serve(tlsServer(identity, socket => void socket.once('data', () => pour(socket, text, before))))
  const started = performance.now()
  const result = await run(port, { proto: 'https', timeoutSeconds: 5 })
  expect(result).toMatchObject({ outcome: 'connection_error', attempts: 1 })
  expect(performance.now() - started).toBeLessThan(1000)
})

test.each(['TLSv1.2', 'TLSv1.3'] as const)('endless records of %s without an answer end the probe', async version => {
  // Raw records that look like the version's own, once the handshake has begun.
  const record = Buffer.from([23, 3, 3, 0, 1, 0])
  const server = tcpServer(
    socket => void socket.once('data', () => pour(socket, Buffer.concat(Array(2000).fill(record)))),
  )
  const result = await run(await serve(server), { proto: 'https', timeoutSeconds: 5 })
  expect([version, result.outcome]).toEqual([version, 'tls_error'])
})

test.each([0, 1, 10, 1000])('%i bytes after the body, or trickled behind it, have no say', async count => {
  const server = httpServer((_request, response) => {
    response.writeHead(200, { 'content-length': object.length })
    response.write(object)
    response.socket?.write('x'.repeat(count))
  })
  expect((await run(await serve(server))).outcome).toBe('ok')
})
