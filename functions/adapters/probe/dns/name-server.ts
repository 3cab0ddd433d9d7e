import { randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { type DnsAnswer, decodeAnswer, encodeQuery, type RecordType } from './message.ts'
import { askOverTcp } from './over-tcp.ts'
import type { Server } from './server.ts'

export interface NameServer {
  /**
   * Asks for the records of a full name, again and again until the server answers. Never rejects; stays open where `over`
   * comes first.
   */
  readonly ask: (name: string, type: RecordType, over: AbortSignal) => Promise<DnsAnswer>
  /** Closes the socket. Nothing is to be asked any more. */
  readonly close: () => void
}

/** A question that waits for its answer. */
interface Waiting {
  readonly query: Buffer
  readonly name: string
  readonly type: RecordType
  readonly over: AbortSignal
  readonly settle: (answer: DnsAnswer) => void
  /** Sends no more, and takes no more datagrams for an answer. */
  readonly hold: () => void
}

/** A datagram may get lost: a question is sent again after so long, then after twice that, and so on. */
const firstTryMs = 500

/** The socket to a name server; `error` resolves to null as soon as it can be used. */
interface Line {
  readonly socket: Socket
  readonly error: Promise<DnsAnswer | null>
}

/** One name server, asked through one socket for all names, however many of them hang. */
export function createNameServer(server: Server): NameServer {
  const waiting = new Map<number, Waiting>()
  let line: Line | null = null
  const ask = async (name: string, type: RecordType, over: AbortSignal): Promise<DnsAnswer> => {
    line ??= openLine(server, waiting)
    const mine = line
    const error = await mine.error
    if (error === null) return askUdp(mine.socket, waiting, { name, type, over })
    // What failed once is tried again by the next who asks.
    if (line === mine) line = null
    return error
  }
  const close = () => {
    const mine = line
    line = null
    void mine?.error.then(error => {
      if (error === null) mine.socket.close()
    })
  }
  return { ask, close }
}

function failAll(waiting: ReadonlyMap<number, Waiting>, { code, message }: NodeJS.ErrnoException): void {
  for (const { settle } of [...waiting.values()]) settle({ error: code ?? message })
}

function openLine(server: Server, waiting: ReadonlyMap<number, Waiting>): Line {
  const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4')
  const error = new Promise<DnsAnswer | null>(resolve => {
    const fail = ({ code, message }: NodeJS.ErrnoException) => {
      socket.close()
      resolve({ error: code ?? message })
    }
    socket.once('error', fail)
    socket.connect(server.port, server.address, () => {
      socket.off('error', fail)
      // Also where a datagram was refused: "connection refused" comes with a later one.
      socket.on('error', trouble => failAll(waiting, trouble))
      resolve(null)
    })
  })
  socket.on('message', message => take(message, waiting, server))
  return { socket, error }
}

function askUdp(
  socket: Socket,
  waiting: Map<number, Waiting>,
  { name, type, over }: Pick<Waiting, 'name' | 'type' | 'over'>,
): Promise<DnsAnswer> {
  return new Promise(resolve => {
    const id = freeId(waiting)
    const query = encodeQuery(id, name, type)
    if (query === null) return resolve({ error: 'EBADNAME' })
    let timer: NodeJS.Timeout | undefined
    const hold = () => {
      clearTimeout(timer)
      waiting.delete(id)
    }
    const forget = () => {
      hold()
      over.removeEventListener('abort', forget)
    }
    const settle = (answer: DnsAnswer) => {
      forget()
      resolve(answer)
    }
    const send = (againMs: number) => {
      timer = setTimeout(() => send(againMs * 2), againMs)
      socket.send(query, error => {
        // It may tell of any datagram that was sent before.
        if (error !== null) failAll(waiting, error)
      })
    }
    // Nobody waits any more: the socket may be closed already.
    if (over.aborted) return
    over.addEventListener('abort', forget, { once: true })
    waiting.set(id, { query, name, type, over, settle, hold })
    send(firstTryMs)
  })
}

/** A number that cannot be guessed, and that no other question has. */
function freeId(waiting: ReadonlyMap<number, Waiting>): number {
  for (;;) {
    const id = randomInt(65_536)
    if (!waiting.has(id)) return id
  }
}

/** Gives a message to the question that it answers; what answers none is left alone. */
function take(message: Buffer, waiting: ReadonlyMap<number, Waiting>, server: Server): void {
  const read = decodeAnswer(message)
  const asked = read === null ? undefined : waiting.get(read.id)
  if (read === null || asked === undefined || !answers(read, asked)) return
  if (!read.isTruncated) {
    asked.settle(read.answer)
    return
  }
  asked.hold()
  void askOverTcp(server, asked.query, asked.over).then(whole => {
    const answer = whole === null ? null : decodeAnswer(whole)
    asked.settle(answer !== null && answers(answer, asked) ? answer.answer : { error: 'EBADRESP' })
  })
}

function answers({ name, type }: { name: string; type: RecordType }, asked: Waiting): boolean {
  return name === asked.name && type === asked.type
}
