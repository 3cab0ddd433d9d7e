import { connect } from 'node:net'
import type { Server } from './server.ts'

/**
 * Sends a query over TCP (RFC 7766) and gives the whole message that comes back; null where none comes. Never rejects;
 * `over` ends it, and nothing of it stays behind.
 */
export function askOverTcp({ address, port }: Server, query: Buffer, over: AbortSignal): Promise<Buffer | null> {
  return new Promise(resolve => {
    const socket = connect({ host: address, port })
    const chunks: Buffer[] = []
    const settle = (message: Buffer | null) => {
      over.removeEventListener('abort', giveUp)
      socket.destroy()
      resolve(message)
    }
    const giveUp = () => settle(null)
    over.addEventListener('abort', giveUp, { once: true })
    const length = Buffer.alloc(2)
    length.writeUInt16BE(query.length)
    socket.on('error', giveUp)
    socket.on('close', giveUp)
    socket.on('data', chunk => {
      chunks.push(chunk)
      const all = Buffer.concat(chunks)
      const wanted = all.length < 2 ? Number.POSITIVE_INFINITY : all.readUInt16BE(0) + 2
      if (all.length >= wanted) settle(all.subarray(2, wanted))
    })
    socket.write(Buffer.concat([length, query]))
  })
}
