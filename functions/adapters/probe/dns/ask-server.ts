import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import { type DecodedPacket, decode, encode, type Packet, streamEncode } from 'dns-packet'
import { parseServer } from '../../../core/config/server-address.ts'
import { messageOf } from '../../../core/domain/message.ts'
import type { ServedAnswer } from '../../../core/publication/served.ts'
import { canonicalAddress, sortAddresses } from '../../../core/zone/addresses.ts'
import type { Ports } from '../../../cycle/ports/ports.ts'
import { type LookUp, lookUp as systemLookUp } from './names.ts'

/** Asks a name server for record sets, name by name, without recursion (behaviour §12). Never rejects. */
export type AskRecords = NonNullable<Ports['askRecords']>

type Asked = 'SOA' | 'A' | 'AAAA'
/** How long to wait for a datagram, and for the second; milliseconds. */
const patiencesMs = [1_000, 1_500]
const tcpPatienceMs = 1_500

/** Asks a name server what it has of a zone, without recursion (behaviour §12). Never rejects. */
export type AskServer = (server: string, zone: string, signal: AbortSignal) => Promise<ServedAnswer>

/** A client for authoritative name servers: UDP, and TCP where an answer is cut. Names are resolved as the prober does. */
export function createAskServer(lookUp: LookUp = systemLookUp): AskServer {
  return async (server, zone, signal) => {
    try {
      const at = await addressOf(server, lookUp, signal)
      const ask = (type: Asked) => query(at, zone, type, signal)
      const [soa, v4, v6] = await Promise.all([ask('SOA'), ask('A'), ask('AAAA')])
      const serial = soa.answers?.flatMap(answer => (answer.type === 'SOA' ? [answer.data.serial ?? 0] : []))[0]
      if (serial === undefined) return { trouble: 'it has no such zone' }
      return { serial, addresses: [...new Set([v4, v6].flatMap(addressesIn))] }
    } catch (error) {
      return { trouble: messageOf(error) }
    }
  }
}

/** The same for record sets. A name that a server does not have has no addresses there. */
export function createAskRecords(lookUp: LookUp = systemLookUp): AskRecords {
  return async (server, sets, signal) => {
    try {
      const at = await addressOf(server, lookUp, signal)
      const values: string[][] = []
      for (const { name, type } of sets) values.push(await addressesAt(at, name.replace(/\.$/, ''), type, signal))
      return { values }
    } catch (error) {
      return { trouble: messageOf(error) }
    }
  }
}

async function addressesAt(at: At, name: string, type: 'A' | 'AAAA', signal: AbortSignal): Promise<string[]> {
  const { answers = [] } = await query(at, name, type, signal, ['NOERROR', 'NXDOMAIN'])
  return addressesIn({ answers: answers.filter(one => one.type === type && one.name.toLowerCase() === name) })
}

function addressesIn({ answers = [] }: Pick<DecodedPacket, 'answers'>): string[] {
  return answers.flatMap(answer =>
    answer.type === 'A' || answer.type === 'AAAA' ? [canonicalAddress(answer.data) ?? answer.data] : [],
  )
}

interface At {
  readonly host: string
  readonly port: number
}

async function addressOf(server: string, lookUp: LookUp, signal: AbortSignal): Promise<At> {
  const parsed = parseServer(server)
  if (parsed === null) throw new Error('it is not a name server')
  const { host, port } = parsed
  if (canonicalAddress(host) !== null) return parsed
  const { answers, cancel } = lookUp(host)
  try {
    const both = Promise.all([answers.A, answers.AAAA])
    const [v4, v6] = await orAborted(both, signal)
    const [address] = sortAddresses([...v4.addresses, ...v6.addresses])
    if (address === undefined) throw new Error(`its name does not resolve (${v4.error ?? v6.error ?? 'no address'})`)
    return { host: address, port }
  } finally {
    cancel()
  }
}

/** One question; throws where no answer comes that could be used. */
async function query(
  at: At,
  zone: string,
  type: Asked,
  signal: AbortSignal,
  codes: readonly string[] = ['NOERROR'],
): Promise<DecodedPacket> {
  const packet: Packet = {
    type: 'query',
    id: randomInt(65_536),
    flags: 0,
    questions: [{ type, name: zone, class: 'IN' }],
  }
  let answer: DecodedPacket | null = null
  for (const patienceMs of patiencesMs) {
    answer ??= await overUdp(at, packet, patienceMs, signal)
  }
  if (answer === null) throw new Error('no answer')
  const whole = answer.flag_tc ? await overTcp(at, packet, signal) : answer
  const { rcode } = whole as { rcode?: string }
  if (rcode !== undefined && !codes.includes(rcode)) throw new Error(`it answers ${rcode}`)
  if (!whole.flag_aa) throw new Error('it is not authoritative')
  return whole
}

/** Whether a message answers this very question. */
function isAnswerTo({ id, questions = [] }: Packet, answer: DecodedPacket): boolean {
  const [asked] = questions
  const [told] = answer.questions ?? []
  const isSame = told?.name.toLowerCase() === asked?.name.toLowerCase() && told?.type === asked?.type
  return answer.type === 'response' && answer.id === id && isSame
}

/** The answer, or null where none comes in time. Throws where the machine says that nobody is there. */
function overUdp(
  { host, port }: At,
  packet: Packet,
  patienceMs: number,
  signal: AbortSignal,
): Promise<DecodedPacket | null> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
  let isOver = false
  return new Promise<DecodedPacket | null>((resolve, reject) => {
    if (limit.aborted) resolve(null)
    limit.addEventListener('abort', () => resolve(null), { once: true })
    socket.on('error', reject)
    socket.on('message', bytes => {
      const answer = decoded(bytes)
      if (answer !== null && isAnswerTo(packet, answer)) resolve(answer)
    })
    // Connected: datagrams of others are not heard, and that nobody is there is.
    socket.connect(port, host, (error?: Error) => {
      if (error !== undefined && error !== null) reject(error)
      else if (!isOver) socket.send(encode(packet))
    })
  }).finally(() => {
    isOver = true
    socket.close()
  })
}

/** The whole answer over TCP; throws where none comes in time. */
function overTcp({ host, port }: At, packet: Packet, signal: AbortSignal): Promise<DecodedPacket> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(tcpPatienceMs)])
  const socket = connect({ host, port })
  return new Promise<DecodedPacket>((resolve, reject) => {
    const chunks: Buffer[] = []
    limit.addEventListener('abort', () => reject(new Error('no answer over TCP')), { once: true })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('no answer over TCP')))
    socket.on('connect', () => socket.write(streamEncode(packet)))
    socket.on('data', chunk => {
      chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE(0)) return
      const answer = decoded(bytes.subarray(2, 2 + bytes.readUInt16BE(0)))
      if (answer !== null && isAnswerTo(packet, answer)) resolve(answer)
      else reject(new Error('its answer over TCP cannot be read'))
    })
  }).finally(() => socket.destroy())
}

function decoded(bytes: Buffer): DecodedPacket | null {
  try {
    return decode(bytes)
  } catch {
    return null
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('its name was not resolved in time')), { once: true })
  })
  return Promise.race([work, aborted])
}
