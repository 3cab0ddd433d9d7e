/** Bytes of one head, and of all that comes before the end of the final one: more is not an answer to a probe. */
const maxHeadBytes = 16_384
const maxLeadBytes = 2 * maxHeadBytes
/** Interim answers (100 Continue, 103 Early Hints), and empty lines before a status line. */
const maxInterims = 32
const maxBlankLines = 32

/** A header field as it came: the name in lower case. Only those that `framing.ts` asks for are kept. */
export interface Field {
  readonly name: string
  value: string
}

/** The head of a final answer; `end` is where its body begins in the bytes that were read last. */
export interface Head {
  readonly status: number
  readonly fields: readonly Field[]
  readonly end: number
}

/** Why this is not an answer, in words. */
export interface HeadFault {
  readonly fault: string
}

export interface HeadReader {
  /** Null while there is more to come. */
  readonly read: (bytes: Buffer) => Head | HeadFault | null
  /** Whether a status line, of an interim answer too, has come; also one that only lacks its line break. */
  readonly isHttp: () => boolean
}

const keptNames = ['content-length', 'transfer-encoding', 'content-encoding']
// Read as RFC 9112 §4 allows: by words, with any blanks between them. The letters may be small, as every client takes them.
const statusLine = /^HTTP\/\d+(?:\.\d+)?\s+(\d{3})(?!\S)/i
const statusLineStart = /^HTTP(\/|$)/i

/** The answer that is being read. `status` is null between two heads. */
interface State {
  status: number | null
  fields: Field[]
  last: Field | null
  partial: string
  headBytes: number
  leadBytes: number
  interims: number
  blankLines: number
}

/**
 * Reads heads as RFC 9112 tells a recipient to: bare line feeds end lines (§2.2), folded lines are one (§5.2), a blank
 * before the colon is dropped (§5.1), a bare CR or a NUL counts as a blank (§2.2), lines that are not fields are ignored. Interim
 * answers and empty lines before the final one are passed over, as many as are bearable (behaviour §1.6).
 */
export function createHeadReader(): HeadReader {
  const state: State = { status: null, fields: [], last: null, partial: '', ...none }
  let seen = false
  const read = (bytes: Buffer) => {
    let from = 0
    for (;;) {
      const lineFeed = bytes.indexOf(0x0a, from)
      const to = lineFeed === -1 ? bytes.length : lineFeed + 1
      state.headBytes += to - from
      state.leadBytes += to - from
      if (state.headBytes > maxHeadBytes || state.leadBytes > maxLeadBytes) return overLong(state)
      state.partial += bytes.toString('latin1', from, lineFeed === -1 ? to : lineFeed)
      if (lineFeed === -1) return state.status === null ? strange(state.partial) : null
      from = to
      const found = takeLine(state)
      seen ||= state.status !== null
      if (found === 'head') return { status: Number(state.status), fields: state.fields, end: from }
      if (found !== null) return found
    }
  }
  return { read, isHttp: () => seen || statusLine.test(state.partial.trimStart()) }
}

const none = { headBytes: 0, leadBytes: 0, interims: 0, blankLines: 0 }

/** Takes the line that has come to its end. */
function takeLine(state: State): 'head' | HeadFault | null {
  const line = state.partial.endsWith('\r') ? state.partial.slice(0, -1) : state.partial
  state.partial = ''
  if (state.status === null) return line.trim() === '' ? takeBlankLine(state) : takeStatusLine(line, state)
  if (line !== '') return takeField(line, state)
  const isInterim = state.status >= 100 && state.status < 200 && state.status !== 101
  return isInterim ? takeInterim(state) : 'head'
}

function takeBlankLine(state: State): HeadFault | null {
  return ++state.blankLines > maxBlankLines ? { fault: 'the answer begins with too many empty lines' } : null
}

function takeStatusLine(line: string, state: State): HeadFault | null {
  const code = statusLine.exec(line.trimStart())?.[1]
  if (code === undefined) return { fault: `the answer is not HTTP${guess(line)}` }
  Object.assign(state, { status: Number(code), fields: [], last: null })
  return null
}

function takeInterim(state: State): HeadFault | null {
  Object.assign(state, { status: null, headBytes: 0 })
  return ++state.interims > maxInterims ? { fault: 'there are too many interim answers (status 1xx)' } : null
}

function takeField(line: string, state: State): null {
  const words = line.replaceAll('\r', ' ').replaceAll('\0', ' ')
  if (/^[ \t]/.test(words)) {
    if (state.last !== null) state.last.value += ` ${words.trim()}`
    return null
  }
  const colon = words.indexOf(':')
  const name = words.slice(0, Math.max(0, colon)).trimEnd().toLowerCase()
  state.last = keptNames.includes(name) ? { name, value: words.slice(colon + 1).trim() } : null
  if (state.last !== null) state.fields.push(state.last)
  return null
}

function overLong({ status }: State): HeadFault {
  return {
    fault: status === null ? 'the answer is not HTTP (its first line has no end)' : 'the answer has over-long headers',
  }
}

/** What cannot become a status line any more need not be waited for. */
function strange(partial: string): HeadFault | null {
  const text = partial.trimStart()
  const isPossible = 'HTTP/'.startsWith(text.toUpperCase()) || (statusLineStart.test(text) && text.length < 4096)
  return isPossible ? null : { fault: `the answer is not HTTP${guess(text)}` }
}

const otherProtocols: Readonly<Record<string, readonly string[]>> = {
  SSH: ['SSH-'],
  'SMTP or FTP': ['220 ', '220-'],
  IMAP: ['* OK'],
  POP3: ['+OK'],
  RTSP: ['RTSP/'],
  'a stream': ['ICY ', 'SOURCETABLE '],
  TLS: ['\x15\x03', '\x16\x03'],
  'HTTP/2': ['\0\0'],
  'bare HTML': ['<'],
}

/** What it seems to be instead. Nothing of the answer itself is told, which may repeat what was sent to the edge. */
function guess(text: string): string {
  const known = Object.entries(otherProtocols).find(([, starts]) => starts.some(start => text.startsWith(start)))
  return known === undefined ? '' : `: it looks like ${known[0]}`
}
