export type RecordType = 'A' | 'AAAA'

/** Addresses as they were answered; or why there is none, in the words of Node's own DNS client (`ENOTFOUND`, …). */
export type DnsAnswer = { readonly addresses: readonly string[] } | { readonly error: string }

/** A name server's message (RFC 1035 §4.1), as far as it answers a question for addresses. */
export interface AnswerMessage {
  readonly id: number
  /** The question that it repeats: a name in lower case, without the final dot. */
  readonly name: string
  readonly type: RecordType
  /** It did not fit into a datagram: the answer is to be asked for over TCP. */
  readonly isTruncated: boolean
  readonly answer: DnsAnswer
}

const headBytes = 12
const typeCodes = { A: 1, AAAA: 28 } as const
const cname = 5
const internet = 1
const maxName = 255
/** By response code; all others are `EBADRESP`. */
const errors: Readonly<Record<number, string>> = {
  1: 'EFORMERR',
  2: 'ESERVFAIL',
  3: 'ENOTFOUND',
  4: 'ENOTIMP',
  5: 'EREFUSED',
}

/** The query for a full name, recursion desired; null where the name does not fit into one. `id`: 16 bits. */
export function encodeQuery(id: number, name: string, type: RecordType): Buffer | null {
  const labels = name.split('.').map(label => Buffer.from(label, 'latin1'))
  const octets = labels.reduce((sum, label) => sum + label.length + 1, 1)
  if (octets > maxName || labels.some(({ length }) => length === 0 || length > 63)) return null
  const head = Buffer.alloc(headBytes)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(0x0100, 2)
  head.writeUInt16BE(1, 4)
  const question = labels.flatMap(label => [Buffer.from([label.length]), label])
  return Buffer.concat([head, ...question, Buffer.from([0, 0, typeCodes[type], 0, internet])])
}

/** Reads a message; null for what is not an answer to a single question for addresses. Never throws. */
export function decodeAnswer(message: Buffer): AnswerMessage | null {
  try {
    return read(message)
  } catch {
    // It ends before it is complete, or a name in it has no end.
    return null
  }
}

function read(message: Buffer): AnswerMessage | null {
  const flags = message.readUInt16BE(2)
  if ((flags & 0x8000) === 0 || message.readUInt16BE(4) !== 1) return null
  const question = readName(message, headBytes)
  const code = message.readUInt16BE(question.end)
  const type: RecordType | null = code === typeCodes.A ? 'A' : code === typeCodes.AAAA ? 'AAAA' : null
  if (type === null || message.readUInt16BE(question.end + 2) !== internet) return null
  const isTruncated = (flags & 0x0200) !== 0
  const answer = isTruncated ? { error: 'EBADRESP' } : answerIn(message, question, type, flags & 15)
  return { id: message.readUInt16BE(0), name: question.name, type, isTruncated, answer }
}

function answerIn(message: Buffer, question: { name: string; end: number }, type: RecordType, code: number): DnsAnswer {
  if (code !== 0) return { error: errors[code] ?? 'EBADRESP' }
  const aliases = new Map<string, string>()
  const found: { owner: string; address: string }[] = []
  let at = question.end + 4
  for (let left = message.readUInt16BE(6); left > 0; left--) {
    const { name: owner, end } = readName(message, at)
    const data = end + 10
    const bytes = message.subarray(data, data + message.readUInt16BE(end + 8))
    const isInternet = message.readUInt16BE(end + 2) === internet
    const recordCode = message.readUInt16BE(end)
    if (isInternet && recordCode === cname) aliases.set(owner, readName(message, data).name)
    if (isInternet && recordCode === typeCodes[type]) found.push({ owner, address: addressIn(bytes, type) })
    at = data + bytes.length
  }
  const names = aliasesOf(question.name, aliases)
  const addresses = found.filter(({ owner }) => names.has(owner)).map(({ address }) => address)
  return addresses.length === 0 ? { error: 'ENODATA' } : { addresses }
}

/** A name and all that it is an alias for. */
function aliasesOf(name: string, aliases: ReadonlyMap<string, string>): ReadonlySet<string> {
  const names = new Set<string>()
  for (let at: string | undefined = name; at !== undefined && !names.has(at); at = aliases.get(at)) names.add(at)
  return names
}

function addressIn(data: Buffer, type: RecordType): string {
  if (data.length !== (type === 'A' ? 4 : 16)) throw new RangeError('an address of another length')
  if (type === 'A') return data.join('.')
  return (data.toString('hex').match(/.{4}/g) ?? []).join(':')
}

/** The name that begins at this octet, and where it ends; compressed ones are followed (RFC 1035 §4.1.4). */
function readName(message: Buffer, from: number): { name: string; end: number } {
  const labels: string[] = []
  let at = from
  let end: number | null = null
  let octets = 0
  for (;;) {
    const length = message.readUInt8(at)
    if (length === 0) return { name: labels.join('.').toLowerCase(), end: end ?? at + 1 }
    if (length >= 0xc0) {
      end ??= at + 2
      const target = message.readUInt16BE(at) & 0x3fff
      // Pointers go back: so there is no circle.
      if (target >= at) throw new RangeError('a pointer that does not go back')
      at = target
      continue
    }
    octets += length + 1
    if (length > 63 || octets > maxName || at + 1 + length > message.length) throw new RangeError('not a name')
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
}
