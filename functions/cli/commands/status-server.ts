import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exitStatus } from '../../app/exit-status.ts'
import { messageOf } from '../../core/domain/message.ts'
import { stopOnSignals } from '../input/stop.ts'
import type { Terminal } from '../output/terminal.ts'

const loopback = '127.0.0.1'

/** Nothing but what the page itself brings may run or be fetched. */
const headers = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** What is answered under one path. */
export interface Served {
  readonly status?: number
  readonly type: string
  readonly text: string
}

/** By path: how to make what is served there. */
export type Routes = Readonly<Record<string, () => Promise<Served>>>

/** Serves routes on loopback, each made again for each request, until stopped. Rejects where the port is not to be had. */
export async function serveStatus(routes: Routes, port: number, terminal: Terminal): Promise<number> {
  const stop = stopOnSignals(terminal, 'stopping')
  const shared = Object.fromEntries(Object.entries(routes).map(([path, make]) => [path, sharing(make)]))
  const server = createServer((request, response) => void answer(request, response, shared, terminal))
  await listen(server, port)
  const url = `http://${loopback}:${(server.address() as AddressInfo).port}/`
  terminal.out(`${url}\n`)
  await new Promise<void>(resolve => {
    if (stop.aborted) resolve()
    else stop.addEventListener('abort', () => resolve(), { once: true })
  })
  server.closeAllConnections()
  await new Promise<void>(resolve => server.close(() => resolve()))
  return exitStatus.success
}

/** Requests that come together share one answer. */
function sharing<T>(make: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null
  return () => {
    underWay ??= make().finally(() => {
      underWay = null
    })
    return underWay
  }
}

async function answer(
  { method, url, headers: asked }: IncomingMessage,
  response: ServerResponse,
  routes: Routes,
  terminal: Terminal,
): Promise<void> {
  const say = (status: number, text: string, type = 'text/plain; charset=utf-8') => {
    response.writeHead(status, { ...headers, 'Content-Type': type }).end(method === 'HEAD' ? undefined : text)
  }
  // Another name for this address may be a web page's attempt to read what is served here.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(asked.host ?? '')) return say(403, 'only by its own address\n')
  if (method !== 'GET' && method !== 'HEAD') return say(405, 'only GET\n')
  const path = String(url).split('?')[0] ?? ''
  const make = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (make === undefined) return say(404, `there is ${Object.keys(routes).join(', ')}\n`)
  try {
    const { status = 200, text, type } = await make()
    say(status, text, type)
  } catch (error) {
    terminal.err(`edgemanage: ${messageOf(error)}\n`)
    say(503, `${messageOf(error)}\n`)
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? `port ${port} of ${loopback} is taken` : error.message
      reject(new Error(why, { cause: error }))
    })
    server.listen(port, loopback, resolve)
  })
}
