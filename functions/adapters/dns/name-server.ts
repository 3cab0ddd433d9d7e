import { randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import { type DnsAnswer, decodeAnswer, encodeQuery, type RecordType } from './message.ts'
import { askOverTcp } from './over-tcp.ts'

/** Where a name server listens; the address may have a zone index. */
export interface Server {
  readonly address: string
  readonly port: number
}

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

/** One name server, asked through one socket for all names, however many of them hang. */
export function createNameServer(server: Server): NameServer {
  const waiting = new Map<number, Waiting>()
  const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4')
  const connected = connectSocket(socket, server)
  // Also where a datagram was refused: "connection refused" comes with a later one.
  socket.on('error', error => failAll(waiting, error))
  socket.on('message', message => take(message, waiting, server))
  return {
    ask: async (name, type, over) => {
      const error = await connected
      return error ?? askUdp(socket, waiting, { name, type, over })
    },
    close: () => socket.close(),
  }
}

function failAll(waiting: ReadonlyMap<number, Waiting>, { code, message }: NodeJS.ErrnoException): void {
  for (const { settle } of [...waiting.values()]) settle({ error: code ?? message })
}

/** The error that keeps the socket from being used; null if there is none. */
function connectSocket(socket: Socket, { address, port }: Server): Promise<DnsAnswer | null> {
  return new Promise(resolve => {
    const failed = ({ code, message }: NodeJS.ErrnoException) => resolve({ error: code ?? message })
    socket.once('error', failed)
    socket.once('close', () => resolve({ error: 'ECANCELLED' }))
    socket.connect(port, address, () => {
      socket.off('error', failed)
      resolve(null)
    })
  })
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
