import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

/**
 * The ports that are tried: below those that the kernel gives to outgoing connections (32768 and more). A port found
 * among those may be taken again before a name server listens, for TCP alone; BIND then serves UDP and goes on.
 */
const [first, count] = [12_000, 20_000]

/** A port of 127.0.0.1 that nothing uses, for UDP and TCP. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + Math.floor(Math.random() * count)
    if ((await isFreeForTcp(port)) && (await isFreeForUdp(port))) return port
  }
}

function isFreeForTcp(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise(resolve => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function isFreeForUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  return new Promise(resolve => {
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}
