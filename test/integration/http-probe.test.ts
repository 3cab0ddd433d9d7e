import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpProbe } from '../../functions/adapters/http-probe.ts'
import type { Request, Target } from '../../functions/cycle/ports.ts'
import { closedPort, httpServer, httpsServer, type TestServer, tcpServer } from '../fixtures/servers.ts'

const object = 'the test object\n'
const tls = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8')
const probe = createHttpProbe({ ca: tls('ca.pem') })
const servers: TestServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(server => server.close()))
})

async function serve(server: Promise<TestServer>): Promise<number> {
  const started = await server
  servers.push(started)
  return started.port
}

function requestOf(port: number, changes: Partial<Request> = {}): Request {
  const sha256 = createHash('sha256').update(object).digest('hex')
  const plain = { proto: 'http', host: 'site.example', port, uri: '/o', verify: true } as const
  return { ...plain, timeoutSeconds: 1, attempts: 3, sha256, bytes: object.length, ...changes }
}

const edge = (address: string | null = '127.0.0.1', name = 'edge', preferred: string | null = null): Target => {
  return { kind: 'edge', name, address, preferred }
}

function run(port: number, changes: Partial<Request> = {}, target = edge(), signal = new AbortController().signal) {
  return probe(target, requestOf(port, changes), signal)
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void
const good: Answer = (_request, response) => void response.end(object)

describe('a good answer', () => {
  test('is ok, timed from the connection to the last byte, with its phases', async () => {
    const port = await serve(httpServer((_request, response) => void setTimeout(() => response.end(object), 200)))
    const result = await run(port)
    expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.1', attempts: 1, detail: '' })
    const micros = result.outcome === 'ok' ? result.fetchMicros : 0
    expect(Number.isInteger(micros)).toBe(true)
    expect(micros).toBeGreaterThan(195_000)
    expect(micros).toBeLessThan(1_000_000)
    expect(result.phases).toMatchObject({
      resolve: null,
      tls: null,
      connect: expect.any(Number),
      body: expect.any(Number),
    })
  })

  test('was asked for as the rules say', async () => {
    const seen: IncomingMessage[] = []
    const port = await serve(
      httpServer((request, response) => {
        seen.push(request)
        response.end(object)
      }),
    )
    await run(port)
    expect(seen.map(({ method, url, headers }) => ({ method, url, host: headers.host }))).toEqual([
      { method: 'GET', url: '/o', host: `site.example:${port}` },
    ])
    expect(seen[0]?.headers['accept-encoding']).toBe('identity')
  })

  test.each<[string, Answer]>([
    [
      'after 100 Continue',
      (_request, response) => {
        response.writeContinue()
        response.end(object)
      },
    ],
    [
      'after early hints',
      (_request, response) => {
        response.writeEarlyHints({ link: '</a>; rel=preload' })
        response.end(object)
      },
    ],
    ['with another 2xx', (_request, response) => void response.writeHead(203).end(object)],
    [
      'in chunks',
      (_request, response) => {
        response.write(object.slice(0, 5))
        response.end(object.slice(5))
      },
    ],
  ])('%s is ok', async (_name, answer) => {
    expect((await run(await serve(httpServer(answer)))).outcome).toBe('ok')
  })

  test('over IPv6', async () => {
    const port = await serve(httpServer(good, '::1'))
    expect(await run(port, { host: '::1' }, edge('::1'))).toMatchObject({ outcome: 'ok', address: '::1' })
  })
})

describe('a bad answer', () => {
  const status = (code: number, headers = {}): Answer => {
    return (_request, response) => void response.writeHead(code, headers).end(object)
  }
  const raw = (text: string, then: (socket: Socket) => void = socket => void socket.end()) =>
    tcpServer(socket => void socket.once('data', () => socket.write(text, () => then(socket))))
  const cases: [string, Promise<TestServer> | (() => Promise<TestServer>), string, string][] = [
    ['redirect', () => httpServer(status(302, { location: 'http://127.0.0.1/' })), 'bad_status', 'status 302'],
    ['503', () => httpServer(status(503)), 'bad_status', 'status 503'],
    ['404', () => httpServer(status(404)), 'bad_status', 'status 404'],
    ['no content', () => httpServer((_q, response) => void response.writeHead(204).end()), 'verify_failed', 'differs'],
    [
      'wrong body',
      () => httpServer((_q, response) => void response.end('x'.repeat(object.length))),
      'verify_failed',
      'differs',
    ],
    ['shorter body', () => httpServer((_q, response) => void response.end('x')), 'verify_failed', 'differs'],
    ['longer body', () => httpServer((_q, response) => void response.end(`${object}x`)), 'verify_failed', 'longer'],
    [
      'upgrade',
      () => raw('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'bad_status',
      'status 101',
    ],
    ['not HTTP', () => raw('SSH-2.0-OpenSSH_9.9\r\n'), 'connection_error', 'not HTTP'],
    [
      'over-long header',
      () => raw(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
      'connection_error',
      'over-long',
    ],
    [
      'cut short',
      () => raw(`HTTP/1.1 200 OK\r\nContent-Length: ${object.length}\r\n\r\nthe`),
      'connection_error',
      'cut short',
    ],
    [
      'chunks without an end',
      () => raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthe\r\n'),
      'connection_error',
      'cut short',
    ],
  ]
  test.each(cases)('%s', async (_name, server, outcome, words) => {
    const result = await run(await serve(typeof server === 'function' ? server() : server))
    expect(result).toMatchObject({ outcome, attempts: 1 })
    expect(result.detail).toContain(words)
  })

  test.each([true, false])('an endless body is abandoned in bounded memory (Content-Length: %s)', async hasLength => {
    const chunk = Buffer.alloc(65_536)
    let sent = 0
    const port = await serve(
      httpServer((_request, response) => {
        if (hasLength) response.setHeader('content-length', 1e12)
        const pour = () => {
          while (!response.destroyed && sent < 1e9) {
            sent += chunk.length
            if (!response.write(chunk)) return void response.once('drain', pour)
          }
        }
        pour()
      }),
    )
    const before = process.memoryUsage().rss
    expect((await run(port)).outcome).toBe('verify_failed')
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
    expect(sent).toBeLessThan(1e8)
  })
})

describe('the deadline', () => {
  const drip: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': object.length })
    const timer = setInterval(() => response.write('t'), 100)
    response.on('close', () => clearInterval(timer))
  }
  test.each<[string, () => Promise<TestServer>, string]>([
    ['nothing is ever said', () => tcpServer(() => {}), 'no answer within 0.3 s'],
    ['bytes drip', () => httpServer(drip), 'no whole answer within 0.3 s'],
    [
      'the body never ends',
      () => httpServer((_q, response) => void response.write('t')),
      'no whole answer within 0.3 s',
    ],
  ])('holds where %s', async (_name, server, detail) => {
    const started = performance.now()
    expect(await run(await serve(server()), { timeoutSeconds: 0.3 })).toMatchObject({ outcome: 'timeout', detail })
    expect(performance.now() - started).toBeLessThan(1200)
  })

  test('covers all attempts together', async () => {
    const started = performance.now()
    const result = await run(await closedPort(), { attempts: 100, timeoutSeconds: 0.35 })
    expect(result.outcome).toBe('refused')
    expect(result.attempts).toBeLessThan(6)
    expect(performance.now() - started).toBeLessThan(1500)
  })

  test('a probe that is not wanted any more is skipped at once', async () => {
    const controller = new AbortController()
    const port = await serve(tcpServer(() => {}))
    const started = performance.now()
    setTimeout(() => controller.abort(), 50)
    expect((await run(port, {}, edge(), controller.signal)).outcome).toBe('skipped')
    expect(performance.now() - started).toBeLessThan(1000)
    expect((await run(port, {}, edge(), controller.signal)).outcome).toBe('skipped')
  })
})

describe('trying again', () => {
  test('a refused connection is tried again, 0.1 s apart', async () => {
    const started = performance.now()
    const result = await run(await closedPort())
    expect(result).toMatchObject({ outcome: 'refused', attempts: 3, detail: 'refused 3 times' })
    expect(performance.now() - started).toBeGreaterThan(195)
  })

  test.each<[string, (socket: Socket) => void]>([
    ['reset', socket => void socket.once('data', () => socket.resetAndDestroy())],
    ['closed without a word', socket => void socket.once('data', () => socket.end())],
  ])('a connection that is %s is tried again', async (_name, talk) => {
    let connections = 0
    const port = await serve(
      tcpServer(socket => {
        connections++
        talk(socket)
      }),
    )
    expect(await run(port)).toMatchObject({ outcome: 'connection_error', attempts: 3 })
    expect(connections).toBe(3)
  })

  test('a reset after the first byte is not', async () => {
    const port = await serve(
      tcpServer(socket => {
        socket.once('data', () =>
          socket.write('HTTP/1.1 200 OK\r\n', () => setTimeout(() => socket.resetAndDestroy(), 20)),
        )
      }),
    )
    expect(await run(port)).toMatchObject({ outcome: 'connection_error', attempts: 1 })
  })

  test('the attempt that succeeds is the one that is timed', async () => {
    let connections = 0
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: ${object.length}\r\n\r\n${object}`
    const port = await serve(
      tcpServer(socket => {
        connections++
        if (connections < 3) socket.destroy()
        else socket.once('data', () => socket.end(answer))
      }),
    )
    const result = await run(port)
    expect(result).toMatchObject({ outcome: 'ok', attempts: 3 })
    expect(result.outcome === 'ok' && result.fetchMicros).toBeLessThan(600_000)
    expect(result.tookSeconds).toBeGreaterThan(0.195)
  })
})

describe('TLS', () => {
  const site = { key: tls('site.key'), cert: tls('site.pem') }
  const other = { key: tls('other.key'), cert: tls('other.pem') }

  test('the certificate must be for the test object, whatever the edge is called; SNI names it', async () => {
    const names: unknown[] = []
    const port = await serve(
      httpsServer(site, (request, response) => {
        names.push((request.socket as TLSSocket & { servername: unknown }).servername)
        response.end(object)
      }),
    )
    const result = await run(port, { proto: 'https' })
    expect(result).toMatchObject({ outcome: 'ok', phases: { tls: expect.any(Number) } })
    expect(names).toEqual(['site.example'])
  })

  test('no SNI where the test object is on an address, and its certificate is checked all the same', async () => {
    const names: unknown[] = []
    const port = await serve(
      httpsServer(site, (request, response) => {
        names.push((request.socket as TLSSocket & { servername: unknown }).servername)
        response.end(object)
      }),
    )
    expect((await run(port, { proto: 'https', host: '127.0.0.1' })).outcome).toBe('ok')
    expect(names).toEqual([false])
    expect((await run(port, { proto: 'https', host: '127.0.0.2' })).outcome).toBe('tls_error')
  })

  test('another host, an unknown authority and no TLS at all are TLS errors, not tried again', async () => {
    const wrong = await serve(httpsServer(other, good))
    const result = await run(wrong, { proto: 'https' })
    expect(result).toMatchObject({
      outcome: 'tls_error',
      attempts: 1,
      detail: 'its certificate is not for site.example',
    })
    expect((await run(wrong, { proto: 'https', verify: false })).outcome).toBe('ok')
    const fine = requestOf(await serve(httpsServer(site, good)), { proto: 'https' })
    const unknown = await createHttpProbe()(edge(), fine, new AbortController().signal)
    expect(unknown).toMatchObject({ outcome: 'tls_error', attempts: 1 })
    expect((await run(await serve(httpServer(good)), { proto: 'https' })).outcome).toBe('tls_error')
  })
})

describe('names', () => {
  test('a name is resolved, and the address that was probed is told', async () => {
    const port = await serve(httpServer(good))
    expect(await run(port, {}, edge(null, 'localhost'))).toMatchObject({ outcome: 'ok', address: '127.0.0.1' })
  })

  test('a name that does not resolve is a failed probe', async () => {
    const result = await run(80, {}, edge(null, 'nonexistent.invalid'))
    expect(result).toMatchObject({ outcome: 'dns_error', address: null, attempts: 0 })
  })
})

test('200 edges at once: every probe reaches its own edge, and nothing is left behind', async () => {
  const addresses = Array.from({ length: 200 }, (_, at) => `127.0.2.${at + 1}`)
  const first = await httpServer((_request, response) => void response.end(object), String(addresses[0]))
  servers.push(first)
  const hits = new Map<string, number>()
  for (const address of addresses.slice(1)) {
    servers.push(
      await httpServer(
        (request, response) => {
          const to = String(request.socket.localAddress)
          hits.set(to, (hits.get(to) ?? 0) + 1)
          response.end(to === address ? object : 'another edge')
        },
        address,
        first.port,
      ),
    )
  }
  const results = await Promise.all(
    addresses.map(address => run(first.port, { timeoutSeconds: 5 }, edge(address, address))),
  )
  expect(results.filter(result => result.outcome !== 'ok')).toEqual([])
  expect(results.map(result => result.address)).toEqual(addresses)
  expect([...hits.values()].every(count => count === 1)).toBe(true)
  expect(hits.size).toBe(199)
  await Promise.all(servers.splice(0).map(server => server.close()))
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap')).toEqual([])
})
