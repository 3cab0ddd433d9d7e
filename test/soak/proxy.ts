import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { Random } from '../simulation/world/random.ts'

/** What a proxy does to a connection, each in this share of all. */
export interface Mischief {
  /** Reset before a byte went through. */
  readonly reset: number
  /** Everything is late by `lateMs`. */
  readonly late: number
  readonly lateMs: number
  /** The answer is cut after some bytes. */
  readonly cut: number
  /** Something else is answered. */
  readonly nonsense: number
}

/** A proxy that misbehaves. */
export interface Proxy {
  readonly port: number
  /** Connections that were tampered with. */
  readonly faults: () => number
  readonly close: () => Promise<void>
}

/** Starts a proxy before a port of this machine. `at`: where it listens; port 0 is the kernel's choice. */
export async function startProxy(
  target: number,
  mischief: Mischief,
  random: Random,
  at: { readonly host: string; readonly port: number } = { host: '127.0.0.1', port: 0 },
): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let faults = 0
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (tamper(socket, target, mischief, random)) faults++
  })
  await listen(server, at.host, at.port)
  return {
    port: (server.address() as AddressInfo).port,
    faults: () => faults,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Passes a connection on, or does it some harm; the answer tells which. */
function tamper(socket: Socket, target: number, mischief: Mischief, random: Random): boolean {
  const { reset, late, lateMs, cut, nonsense } = mischief
  const drawn = random.next()
  if (drawn < reset) {
    socket.resetAndDestroy()
    return true
  }
  if (drawn < reset + nonsense) {
    socket.end('SSH-2.0-nonsense\r\n')
    return true
  }
  const inner = connect(target, '127.0.0.1')
  inner.on('error', () => socket.destroy())
  inner.on('close', () => socket.destroy())
  socket.on('close', () => inner.destroy())
  socket.pipe(inner)
  if (drawn < reset + nonsense + cut) {
    inner.once('data', data => socket.end(data.subarray(0, random.int(data.length))))
    return true
  }
  const isLate = drawn < reset + nonsense + cut + late
  if (isLate) setTimeout(() => inner.pipe(socket), lateMs)
  else inner.pipe(socket)
  return isLate
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}
