import { createHash, type Hash } from 'node:crypto'
import type { Request } from '../../../cycle/ports/request.ts'
import { type BodyReader, type BodyStep, createBodyReader } from './answer-body.ts'
import { createHeadReader, type Head } from './answer-head.ts'
import type { AttemptResult, Failure } from './attempt-result.ts'
import { framingOf } from './framing.ts'

/** Reads one answer as its bytes come. */
export interface AnswerReader {
  /** The attempt's result as soon as it is certain; null while more has to come. */
  readonly read: (bytes: Buffer) => AttemptResult | null
  /** What it means that the connection ends here, after a first byte. */
  readonly end: () => AttemptResult
  /** The final status; null while there is none. */
  readonly statusCode: () => number | null
  /** `performance.now()` when the last byte of the body came that counted; null before the first. */
  readonly lastByteMs: () => number | null
}

type Expected = Pick<Request, 'bytes' | 'sha256'>

/**
 * Holds an answer against the local copy (behaviour §1.6, §1.7): keeps nothing of the body but its hash, and gives up as soon
 * as it is longer than the local copy. Only what has come counts: an answer that announces too much and breaks off is cut
 * short (§1.8). What follows a complete body has no say.
 */
export function createAnswerReader(expected: Expected): AnswerReader {
  const heads = createHeadReader()
  let head: Head | null = null
  let body: Body | null = null
  const readHead = (bytes: Buffer): AttemptResult | null => {
    const found = heads.read(bytes)
    if (found === null) return null
    if ('fault' in found) return broken(found.fault)
    head = found
    const opened = openBody(found, expected)
    if ('outcome' in opened) return opened
    body = opened
    return body.read(bytes.subarray(found.end))
  }
  return {
    read: bytes => (body === null ? readHead(bytes) : body.read(bytes)),
    end: () => body?.end() ?? broken(cutShort),
    statusCode: () => head?.status ?? null,
    lastByteMs: () => body?.lastByteMs() ?? null,
  }
}

const cutShort = 'the answer was cut short'

interface Body {
  readonly read: (bytes: Buffer) => AttemptResult | null
  readonly end: () => AttemptResult
  readonly lastByteMs: () => number
}

/** The reader of the body, or the end where the head alone decides. */
function openBody({ status, fields }: Head, expected: Expected): Body | Failure {
  if (status < 200 || status > 299) return { outcome: 'bad_status', detail: `status ${status}`, mayRetry: false }
  const framing = framingOf(status, fields)
  if ('fault' in framing) return broken(`the answer is not HTTP (${framing.fault})`)
  if ('coded' in framing) return differs(framing.coded)
  const hash = createHash('sha256')
  let bytes = 0
  let lastByteMs = performance.now()
  const reader: BodyReader = createBodyReader(framing, expected.bytes, piece => {
    lastByteMs = performance.now()
    bytes += piece.length
    if (bytes > expected.bytes) return false
    hash.update(piece)
    return true
  })
  const verdict = (step: BodyStep | 'cut short'): AttemptResult | null => {
    if (step === 'more') return null
    if (step === 'done') return verdictOn(bytes, hash, expected)
    if (step === 'stopped') return differs('the body is longer than the local copy')
    return broken(step === 'cut short' ? cutShort : `the answer is not HTTP (${step.fault})`)
  }
  return {
    read: piece => verdict(reader.read(piece)),
    end: () => verdict(reader.end()) ?? broken(cutShort),
    lastByteMs: () => lastByteMs,
  }
}

function verdictOn(bytes: number, hash: Hash, { bytes: wanted, sha256 }: Expected): AttemptResult {
  if (bytes < wanted) return differs(`the body is shorter than the local copy: ${bytes} of ${wanted} bytes`)
  return hash.digest('hex') === sha256 ? { outcome: 'ok' } : differs('the body differs from the local copy')
}

function broken(detail: string): Failure {
  return { outcome: 'connection_error', detail, mayRetry: false }
}

function differs(detail: string): Failure {
  return { outcome: 'verify_failed', detail, mayRetry: false }
}
