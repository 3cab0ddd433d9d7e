import type { Framing } from './framing.ts'

/** Takes a piece of the body; false: no more of it is wanted. */
export type Take = (piece: Buffer) => boolean

/** `done`: the body is whole, and what follows has no say. `stopped`: no more was wanted. */
export type BodyStep = 'more' | 'done' | 'stopped' | { readonly fault: string }

export interface BodyReader {
  /** Reads on in these bytes. */
  readonly read: (bytes: Buffer) => BodyStep
  /** What it means that the connection ends here. */
  readonly end: () => 'done' | 'cut short'
}

/** Bytes between the pieces of a chunked body: a lavish share for what frames the chunks. */
const maxFrameBytes = 131_072
const maxFrameShare = 0.25
const maxChunkLine = 4096

/** A reader for a body of this framing (RFC 9112 §6.3, §7.1) of which not much more than `expectedBytes` is wanted. */
export function createBodyReader(framing: Framing, expectedBytes: number, take: Take): BodyReader {
  switch (framing.kind) {
    case 'length':
      return readLength(framing.bytes, take)
    case 'close':
      return { read: bytes => (bytes.length === 0 || take(bytes) ? 'more' : 'stopped'), end: () => 'done' }
    case 'chunked':
      return readChunks(maxFrameBytes + expectedBytes * maxFrameShare, take)
  }
}

function readLength(length: number, take: Take): BodyReader {
  let left = length
  const read = (bytes: Buffer): BodyStep => {
    const piece = bytes.length > left ? bytes.subarray(0, left) : bytes
    left -= piece.length
    if (piece.length > 0 && !take(piece)) return 'stopped'
    return left === 0 ? 'done' : 'more'
  }
  return { read, end: () => 'cut short' }
}

/** Where a chunked body is: in a line with a size, in a chunk, or at the line break behind one. */
interface Chunks {
  at: 'size' | 'data' | 'break'
  line: string
  left: number
  frameBytes: number
}

/** The trailer section has no say: with the chunk of size 0 the body is complete (RFC 9112 §8). */
function readChunks(frameBytesAllowed: number, take: Take): BodyReader {
  const chunks: Chunks = { at: 'size', line: '', left: 0, frameBytes: 0 }
  const read = (bytes: Buffer): BodyStep => {
    let from = 0
    while (from < bytes.length) {
      if (chunks.at === 'data') {
        const piece = bytes.subarray(from, from + chunks.left)
        from += piece.length
        chunks.left -= piece.length
        if (chunks.left === 0) chunks.at = 'break'
        if (!take(piece)) return 'stopped'
        continue
      }
      const lineFeed = bytes.indexOf(0x0a, from)
      const to = lineFeed === -1 ? bytes.length : lineFeed + 1
      chunks.frameBytes += to - from
      chunks.line += bytes.toString('latin1', from, lineFeed === -1 ? to : lineFeed)
      from = to
      if (chunks.frameBytes > frameBytesAllowed) return { fault: 'the body comes in too many small chunks' }
      const step = takeFrame(chunks, lineFeed !== -1)
      if (step !== 'more') return step
    }
    return 'more'
  }
  return { read, end: () => 'cut short' }
}

/** Takes what is between two chunks as far as it has come; `isWhole`: a line has come to its end. */
function takeFrame(chunks: Chunks, isWhole: boolean): BodyStep {
  const { at, line } = chunks
  const isPossible =
    at === 'break' ? /^\r?$/.test(line) : line.length <= maxChunkLine && /^[ \t]*[0-9a-f]*[ \t\r]*(;|$)/i.test(line)
  if (!isPossible) return { fault: at === 'break' ? 'a chunk is longer than its size' : 'a chunk has no size' }
  if (!isWhole) return 'more'
  chunks.line = ''
  if (at === 'break') {
    chunks.at = 'size'
    return 'more'
  }
  const size = /^[ \t]*([0-9a-f]+)/i.exec(line)?.[1]
  if (size === undefined) return { fault: 'a chunk has no size' }
  chunks.left = Number.parseInt(size, 16)
  chunks.at = 'data'
  return chunks.left === 0 ? 'done' : 'more'
}
