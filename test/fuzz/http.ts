import { createHash } from 'node:crypto'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createHttpProbe } from '../../functions/adapters/probe/http-probe.ts'
import { createReference } from '../../functions/adapters/probe/http-reference.ts'
import { outcomes } from '../../functions/core/domain/model.ts'
import type { Target } from '../../functions/cycle/ports/ports.ts'
import type { Request } from '../../functions/cycle/ports/request.ts'
import type { Random } from '../simulation/world/random.ts'
import { createBook, type Fuzzed, garbled } from './garbage.ts'

const object = 'the test object\n'
const width = 40
/** Each takes ports of its own: one alone would run out of them. */
const serverCount = 8
const timeoutSeconds = 0.4

/** An answer as it goes over the wire: pieces, and how the connection ends. */
interface Answer {
  readonly pieces: readonly Buffer[]
  readonly ending: 'closed' | 'reset' | 'left open'
}

const heads = [
  'HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n',
  'HTTP/1.0 200 OK\r\n\r\n',
  'HTTP/1.1 206 Partial Content\r\nContent-Length: 16\r\nConnection: close\r\n\r\n',
  'HTTP/1.1 301 Moved\r\nLocation: http://203.0.113.1/\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n',
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 16\r\n\r\n',
  `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
]

function drawAnswer(random: Random): Answer {
  let text = random.pick(heads) + random.pick([object, object, object.toUpperCase(), '', object.repeat(3)])
  if (text.includes('chunked')) text += '\r\n0\r\n\r\n'
  for (let times = random.int(3); times > 0; times--) text = garbled(text, random)
  const bytes = random.chance(0.05)
    ? Buffer.from(Array.from({ length: random.int(300) }, () => random.int(256)))
    : Buffer.from(text, 'latin1')
  const cut = random.int(bytes.length + 1)
  const pieces = random.chance(0.3) ? [bytes.subarray(0, cut), bytes.subarray(cut)] : [bytes]
  return { pieces, ending: random.chance(0.01) ? 'left open' : random.pick(['closed', 'closed', 'reset']) }
}

/** Raw bytes for answers, against the real probe and the real reference: an outcome for each, never an exception. */
export async function fuzzHttp(random: Random, inputs: number): Promise<Fuzzed> {
  const book = createBook()
  const answers = new Map<number, Answer>()
  const servers = await Promise.all(Array.from({ length: serverCount }, () => startServer(answers)))
  const uncaught = (error: Error) => book.fault(`uncaught: ${error.message}`, null)
  process.on('uncaughtException', uncaught)
  const probe = createHttpProbe()
  const reference = createReference()
  let next = 0
  const lane = async () => {
    while (next < inputs) {
      const id = next++
      const answer = drawAnswer(random)
      const { port } = (servers[id % serverCount] as Server).address() as AddressInfo
      answers.set(id, answer)
      const shown = { ...answer, pieces: answer.pieces.map(piece => piece.toString('latin1')) }
      try {
        if (id % 10 === 9) await askReference(reference, port, id, book, shown)
        else await askProbe(probe, port, id, book, shown)
      } catch (error) {
        book.fault(`rejected: ${error}`, shown)
      }
      answers.delete(id)
    }
  }
  try {
    await Promise.all(Array.from({ length: width }, lane))
  } finally {
    process.off('uncaughtException', uncaught)
    for (const server of servers) server.close()
  }
  return book.read()
}

type Book = ReturnType<typeof createBook>
type Shown = { readonly pieces: readonly string[]; readonly ending: string }

async function askProbe(probe: ReturnType<typeof createHttpProbe>, port: number, id: number, book: Book, shown: Shown) {
  const target: Target = { kind: 'edge', name: '127.0.0.1', address: '127.0.0.1', preferred: null }
  const sha256 = createHash('sha256').update(object).digest('hex')
  const request: Request = {
    ...{ proto: 'http', host: 'site.example', port, uri: `/${id}`, verify: true },
    ...{ timeoutSeconds, attempts: 2, sha256, bytes: object.length },
  }
  const { outcome } = await probe(target, request, new AbortController().signal)
  if (!outcomes.includes(outcome) || outcome === 'skipped') book.fault(`outcome ${outcome}`, shown)
  if (outcome === 'ok' && !/\s2\d\d\s/.test(shown.pieces.join(''))) book.fault('ok without a status of 2xx', shown)
  book.end(outcome)
}

async function askReference(
  reference: ReturnType<typeof createReference>,
  port: number,
  id: number,
  book: Book,
  shown: Shown,
) {
  const answered = await reference(`http://127.0.0.1:${port}/${id}`, timeoutSeconds, new AbortController().signal)
  if (answered && !/http\//i.test(shown.pieces.join(''))) book.fault('an answer that is not HTTP counts', shown)
  book.end(answered ? 'reference: answered' : 'reference: not answered')
}

async function startServer(answers: ReadonlyMap<number, Answer>): Promise<Server> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.once('data', data => void reply(socket, answers.get(Number(/\/(\d+)/.exec(String(data))?.[1]))))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return server
}

async function reply(socket: Socket, answer: Answer | undefined): Promise<void> {
  for (const piece of answer?.pieces ?? []) {
    socket.write(piece)
    await new Promise(resolve => setImmediate(resolve))
  }
  if (answer?.ending === 'left open') setTimeout(() => socket.destroy(), 2 * timeoutSeconds * 1000)
  else if (answer?.ending === 'reset') socket.resetAndDestroy()
  else socket.end()
}
