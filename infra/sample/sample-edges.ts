import { createServer, type RequestListener, type Server } from 'node:http'

/** How an edge of the sample network behaves. */
type Role = (body: Buffer) => RequestListener

const fast: Role = body => (_request, response) => response.end(body)
const slow: Role = body => (_request, response) => setTimeout(() => response.end(body), 1200)
const failing: Role = () => (_request, response) => response.writeHead(503).end('out of order\n')
const wrongBody: Role = body => (_request, response) => response.end(body.toReversed())

/** Who plays what in the sample network of `config/`. */
export const sampleRoles: readonly { readonly address: string; readonly words: string; readonly role: Role }[] = [
  { address: '127.0.1.1', words: 'fast', role: fast },
  { address: '127.0.1.2', words: 'fast', role: fast },
  { address: '127.0.1.3', words: 'slow, 1.2 s', role: slow },
  { address: '127.0.1.4', words: 'failing, status 503', role: failing },
  { address: '127.0.1.5', words: 'wrong body', role: wrongBody },
  { address: '127.0.1.6', words: 'fast', role: fast },
  { address: '127.0.1.101', words: 'fast, a canary', role: fast },
]

/** Servers that listen until closed. */
export interface SampleEdges {
  readonly close: () => Promise<void>
}

/** Starts an edge for each role on its own loopback address; rejects, with none left, if one cannot listen. */
export async function startSampleEdges(port: number, body: Buffer): Promise<SampleEdges> {
  const servers = sampleRoles.map(({ role }) => createServer(role(body)))
  const close = async () => {
    await Promise.all(servers.map(stop))
  }
  try {
    await Promise.all(servers.map((server, at) => listen(server, port, String(sampleRoles[at]?.address))))
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(whyNot(error, port, address), { cause: error })),
    )
    server.listen(port, address, resolve)
  })
}

function whyNot({ code, message }: NodeJS.ErrnoException, port: number, address: string): string {
  if (code === 'EADDRINUSE') return `port ${port} of ${address} is taken: is another "npm start" running?`
  if (code !== 'EADDRNOTAVAIL') return message
  return `this machine has no address ${address}; on macOS: sudo ifconfig lo0 alias ${address}, likewise for the others`
}

function stop(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
