import net, { type LookupFunction, type Socket } from 'node:net'

/** Where to connect to. */
export interface Place {
  readonly host: string
  readonly port: number
  /** How a host name is looked up; left out where it is an address. */
  readonly lookup?: LookupFunction
}

/** What a connection tells. Nothing comes after `failed` or `ended`, or once it was destroyed. */
export interface Heard {
  /** TCP stands, and so the request may be sent; under TLS as soon as that is secured. */
  readonly connected: () => void
  /** These bytes are valid until the function returns. */
  readonly bytes: (bytes: Buffer) => void
  readonly ended: () => void
  readonly failed: (error: NodeJS.ErrnoException) => void
}

export interface Connection {
  readonly send: (bytes: string | Uint8Array) => void
  /** Ends it at once; nothing of it stays behind. */
  readonly destroy: () => void
}

/** All connections read into the same memory, one after the other, as nothing of it is kept. */
const memory = Buffer.allocUnsafe(65_536)

/** After how many reads of less than `smallBytes` the next one waits until more has arrived. */
const maxSmallReads = 256
const smallBytes = 1024
const togetherMs = 5

/**
 * Connects to one place. An answer that trickles costs the prober, and so the measurements of other edges, no more than
 * a few hundred reads a second. `maxRead`: bytes that are handed on at once.
 */
export function openWire(place: Place, heard: Heard, maxRead = memory.length): Connection {
  let smallReads = 0
  let timer: NodeJS.Timeout | undefined
  const resume = () => void socket.resume()
  const onRead = (count: number) => {
    heard.bytes(memory.subarray(0, count))
    if (count >= smallBytes || ++smallReads <= maxSmallReads || socket.destroyed) return true
    timer = setTimeout(resume, togetherMs)
    return false
  }
  const buffer = maxRead < memory.length ? memory.subarray(0, maxRead) : memory
  const socket: Socket = net.connect({ ...place, onread: { buffer, callback: onRead } })
  const destroy = () => {
    clearTimeout(timer)
    socket.destroy()
  }
  const ifOpen = (tell: () => void) => () => {
    if (!socket.destroyed) tell()
  }
  socket.once('connect', ifOpen(heard.connected))
  socket.once('end', ifOpen(heard.ended))
  // Stays attached: destroying a socket may give one more error.
  socket.on('error', heard.failed)
  return { send: bytes => void socket.write(bytes, 'latin1'), destroy }
}
