import { getEventListeners } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createReference } from '../../functions/adapters/probe/http-reference.ts'
import { type Answer, closeServersAfterEach, good, pem, serve } from '../helpers/probe.ts'
import { closedPort, httpServer, httpsServer, type TestServer, tcpServer } from '../helpers/servers.ts'

closeServersAfterEach()
const fetchReference = createReference()
const ask = (url: string, seconds = 0.3) => fetchReference(url, seconds, new AbortController().signal)

const status = (code: number): Answer => {
  return (_request, response) => void response.writeHead(code, { location: 'http://127.0.0.1:1/' }).end()
}
const says = (text: string) => tcpServer((socket: Socket) => void socket.once('data', () => socket.end(text)))

test.each<[string, () => Promise<TestServer>, boolean]>([
  ['a good answer', () => httpServer(good), true],
  ['a redirect, which is not followed', () => httpServer(status(302)), true],
  ['503', () => httpServer(status(503)), true],
  ['a body without an end', () => httpServer((_request, response) => void response.write('x')), true],
  ['an upgrade', () => says('HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'), true],
  ['headers without an end', () => says(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`), true],
  ['something that is not HTTP', () => says('SSH-2.0-OpenSSH_9.9\r\n'), false],
  ['a close', () => says(''), false],
  ['silence', () => tcpServer(() => {}), false],
])('%s', async (_name, server, answered) => {
  expect(await ask(`http://127.0.0.1:${await serve(server())}/x`)).toBe(answered)
})

test('whoever signed it', async () => {
  const port = await serve(httpsServer({ key: pem('self.key'), cert: pem('self.pem') }, good))
  expect(await ask(`https://127.0.0.1:${port}/`)).toBe(true)
  expect(await ask(`HTTPS://127.0.0.1:${port}/`)).toBe(true)
})

test('nobody there, no such name, no such URL', async () => {
  expect(await ask(`http://127.0.0.1:${await closedPort()}/`)).toBe(false)
  expect(await ask('http://nonexistent.invalid/', 2)).toBe(false)
  expect(await ask('ftp://127.0.0.1/')).toBe(false)
  expect(await ask('nonsense')).toBe(false)
})

test('one that is not wanted any more has not answered', async () => {
  const controller = new AbortController()
  const port = await serve(tcpServer(() => {}))
  const asked = fetchReference(`http://127.0.0.1:${port}/`, 3, controller.signal)
  controller.abort()
  expect(await asked).toBe(false)
  expect(await fetchReference(`http://127.0.0.1:${port}/`, 3, controller.signal)).toBe(false)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
})
