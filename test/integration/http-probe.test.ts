import { createHash } from 'node:crypto'
import { getEventListeners } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, test, vi } from 'vitest'
import { sleep } from '../../functions/adapters/time/clock.ts'
import { measuresTime } from '../helpers/measures-time.ts'
import { type Answer, closeServers, closeServersAfterEach, edge, good, object, run, serve } from '../helpers/probe.ts'
import { closedPort, httpServer, type TestServer, tcpServer } from '../helpers/servers.ts'

closeServersAfterEach()

describe('a good answer', () => {
  test('is ok, timed from the connection to the last byte, with its phases', measuresTime, async () => {
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
  const chunked = (body: string) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`
  const gzipped: Answer = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(object))
  }
  const cases: [string, () => Promise<TestServer>, string, string][] = [
    ['redirect', () => httpServer(status(302, { location: 'http://127.0.0.1/' })), 'bad_status', 'status 302'],
    ['503', () => httpServer(status(503)), 'bad_status', 'status 503'],
    ['404', () => httpServer(status(404)), 'bad_status', 'status 404'],
    ['no content', () => httpServer((_q, response) => void response.writeHead(204).end()), 'verify_failed', 'shorter'],
    [
      'wrong body',
      () => httpServer((_q, response) => void response.end('x'.repeat(object.length))),
      'verify_failed',
      'differs',
    ],
    ['shorter body', () => httpServer((_q, response) => void response.end('x')), 'verify_failed', 'shorter'],
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
      'cut short, though it announced more than there is',
      () => raw('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nthe'),
      'connection_error',
      'cut short',
    ],
    [
      'reset within the body',
      () => raw('HTTP/1.1 200 OK\r\n\r\nthe', socket => void setTimeout(() => socket.resetAndDestroy(), 20)),
      'connection_error',
      'cut short',
    ],
    ['closed after one byte', () => raw('H'), 'connection_error', 'cut short'],
    ['half a body, then garbage', () => raw(chunked('3\r\nthe\r\nzz\r\n')), 'connection_error', 'not HTTP'],
    ['gzip, not asked for', () => httpServer(gzipped), 'verify_failed', 'compressed (gzip)'],
    ['chunks without an end', () => raw(chunked('3\r\nthe\r\n')), 'connection_error', 'cut short'],
  ]
  test.each(cases)('%s', async (_name, server, outcome, words) => {
    const result = await run(await serve(server()))
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
  const dripInto = (to: Writable, text: string) => {
    let at = 0
    const timer = setInterval(() => to.write(text[at++ % text.length]), 100)
    to.on('close', () => clearInterval(timer))
  }
  const dripping = (length: number): Answer => {
    return (_request, response) => {
      response.writeHead(200, { 'content-length': length })
      dripInto(response, object)
    }
  }
  test.each<[string, () => Promise<TestServer>, string]>([
    ['nothing is ever said', () => tcpServer(() => {}), 'no answer within 0.3 s'],
    ['bytes drip', () => httpServer(dripping(object.length)), 'no whole answer within 0.3 s'],
    [
      'more bytes are announced than there are, and drip',
      () => httpServer(dripping(1e9)),
      'no whole answer within 0.3 s',
    ],
    [
      'the headers drip',
      () => tcpServer(socket => void socket.once('data', () => dripInto(socket, 'HTTP/1.1 200 OK'))),
      'no whole answer within 0.3 s',
    ],
    [
      'the body never ends',
      () => httpServer((_q, response) => void response.write('t')),
      'no whole answer within 0.3 s',
    ],
  ])('holds where %s', measuresTime, async (_name, server, detail) => {
    const started = performance.now()
    expect(await run(await serve(server()), { timeoutSeconds: 0.3 })).toMatchObject({ outcome: 'timeout', detail })
    expect(performance.now() - started).toBeLessThan(1200)
  })

  test(
    'covers all attempts together; where no time is left to try again, the last failure is told',
    measuresTime,
    async () => {
      const started = performance.now()
      const result = await run(await closedPort(), { attempts: 100, timeoutSeconds: 0.19 })
      expect(result.outcome).toBe('refused')
      expect(result.attempts).toBeLessThan(3)
      expect(performance.now() - started).toBeLessThan(1000)
    },
  )

  test('a probe that is not wanted any more is skipped at once', measuresTime, async () => {
    const controller = new AbortController()
    const port = await serve(tcpServer(() => {}))
    const started = performance.now()
    setTimeout(() => controller.abort(), 50)
    expect((await run(port, {}, edge(), controller.signal)).outcome).toBe('skipped')
    expect(performance.now() - started).toBeLessThan(1000)
    expect(await run(port, {}, edge(), controller.signal)).toMatchObject({ outcome: 'skipped', attempts: 0 })
  })

  test('skips between two attempts, too', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 50)
    const result = await run(await closedPort(), {}, edge(), controller.signal)
    expect(result).toMatchObject({ outcome: 'skipped', attempts: 1 })
  })
})

describe('trying again', () => {
  test('a refused connection is tried again, 0.1 s apart', measuresTime, async () => {
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

  test('what broke is told in order', async () => {
    let connections = 0
    const port = await serve(
      tcpServer(socket => {
        connections++
        socket.once('data', () => (connections < 3 ? socket.resetAndDestroy() : socket.end()))
      }),
    )
    expect((await run(port)).detail).toBe('reset 2 times, then closed without an answer')
  })

  test('only the last word counts where it is no broken connection', async () => {
    let connections = 0
    const port = await serve(
      tcpServer(socket => {
        connections++
        if (connections < 3) socket.resetAndDestroy()
        else socket.once('data', () => socket.end('HTTP/1.1 503 Busy\r\n\r\n'))
      }),
    )
    expect(await run(port)).toMatchObject({ outcome: 'bad_status', attempts: 3, detail: 'status 503' })
  })

  test('an edge that starts to listen meanwhile is ok', async () => {
    const port = await closedPort()
    const probed = run(port)
    await sleep(50)
    await serve(httpServer(good, '127.0.0.1', port))
    expect(await probed).toMatchObject({ outcome: 'ok', attempts: 2 })
  })

  test('it is 0.1 s from the failure to the next start, for the server too', measuresTime, async () => {
    const at: number[] = []
    const port = await serve(
      tcpServer(socket => {
        at.push(performance.now())
        socket.resetAndDestroy()
      }),
    )
    await run(port)
    const gaps = at.slice(1).map((moment, index) => moment - Number(at[index]))
    expect(gaps).toHaveLength(2)
    expect(Math.min(...gaps)).toBeGreaterThan(95)
  })

  test('a request that cannot be made is no exception', async () => {
    const result = await run(80, { uri: '/o\r\nX: y' })
    expect(result).toMatchObject({ outcome: 'connection_error', attempts: 0, detail: expect.stringContaining('path') })
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

  test('the attempt that succeeds is the one that is timed', measuresTime, async () => {
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

describe('many at once', () => {
  test('200 edges: every probe reaches its own edge, once', async () => {
    const addresses = Array.from({ length: 200 }, (_, at) => `127.0.2.${at + 1}`)
    const hits: string[] = []
    const answer: Answer = ({ socket }, response) => {
      hits.push(String(socket.localAddress))
      response.end(object)
    }
    const port = await serve(httpServer(answer, '0.0.0.0'))
    const results = await Promise.all(
      addresses.map(address => run(port, { timeoutSeconds: 5 }, edge(address, `edge-${address}`))),
    )
    expect(results.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
    expect(results.map(({ address }) => address)).toEqual(addresses)
    expect(hits.sort()).toEqual(addresses.sort())
  })

  test('200 edges, each answering with its own address: the answers are not mixed up', async () => {
    const addresses = Array.from({ length: 200 }, (_, at) => `127.0.3.${at + 1}`)
    const port = await serve(httpServer(({ socket }, response) => void response.end(socket.localAddress), '0.0.0.0'))
    const results = await Promise.all(
      addresses.map(address => {
        const sha256 = createHash('sha256').update(address).digest('hex')
        return run(port, { timeoutSeconds: 5, sha256, bytes: address.length }, edge(address))
      }),
    )
    expect(results.filter(({ outcome }) => outcome !== 'ok')).toEqual([])
  })

  test('500 probes that end in all ways leave no socket, timer or listener behind', async () => {
    const controller = new AbortController()
    const silent = await serve(tcpServer(() => {}))
    const probes = (count: number, port: number, timeoutSeconds: number) =>
      Array.from({ length: count }, () =>
        run(port, { timeoutSeconds, attempts: 2 }, edge(), controller.signal).then(({ outcome }) => outcome),
      )
    const waiting = probes(100, silent, 15)
    const ending = [
      ...probes(200, await serve(httpServer(good)), 15),
      ...probes(100, await closedPort(), 15),
      ...probes(100, silent, 0.3),
    ]
    expect([...new Set(await Promise.all(ending))]).toEqual(['ok', 'refused', 'timeout'])
    controller.abort()
    expect([...new Set(await Promise.all(waiting))]).toEqual(['skipped'])
    await closeServers()
    expect(getEventListeners(controller.signal, 'abort')).toEqual([])
    await vi.waitFor(() => expect(leftovers()).toEqual([]))
  })
})

/** Sockets and look-ups that still keep the process. */
function leftovers(): string[] {
  return process.getActiveResourcesInfo().filter(name => /^TCP|^TLS|GetAddrInfo/.test(name))
}
