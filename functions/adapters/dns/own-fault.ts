import { createSocket } from 'node:dgram'

/** The prober's own troubles: they say nothing about a name (behaviour §1.5). */
const ownFaults: ReadonlySet<string> = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
  'EPERM',
  'EACCES',
])

/** Whether this code of a system error tells of a trouble of the prober's own. */
export function isOwnFault(code: string): boolean {
  return ownFaults.has(code)
}

let trial: Promise<string | null> | null = null

/**
 * The code of what keeps this process from sending queries; null if nothing does. The DNS client calls it "connection
 * refused" too when it gets no socket, so it is tried, once for all who ask at a time.
 */
export function whySocketsFail(): Promise<string | null> {
  trial ??= trySocket().finally(() => {
    trial = null
  })
  return trial
}

function trySocket(): Promise<string | null> {
  return new Promise(resolve => {
    const socket = createSocket('udp4')
    socket.once('error', (error: NodeJS.ErrnoException) => {
      socket.close()
      resolve(isOwnFault(error.code ?? '') ? String(error.code) : null)
    })
    socket.bind(0, () => socket.close(() => resolve(null)))
  })
}
