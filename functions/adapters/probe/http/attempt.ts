import type { Request } from '../../../cycle/ports/request.ts'
import { type AnswerReader, createAnswerReader } from './answer.ts'
import type { AttemptResult } from './attempt-result.ts'
import { requestText } from './request-text.ts'
import { type HeardSecurely, openSecureWire } from './secure-wire.ts'
import { classify, closed, type Stage } from './trouble.ts'
import { type Connection, openWire } from './wire.ts'

/** Moments of one attempt, in milliseconds of `performance.now()`; null where it did not get so far. */
export interface Moments {
  started: number
  connected: number | null
  secured: number | null
  firstByte: number | null
  lastByte: number | null
}

export interface Attempt {
  /** Never rejects; stays open where `destroy` comes first. */
  readonly result: Promise<AttemptResult>
  readonly moments: Moments
  /** The answer's status; null before it has one. */
  readonly statusCode: () => number | null
  /** When the certificate that was seen ends, in milliseconds since 1970; null where none was. */
  readonly certificateExpires: () => number | null
  /** Ends it at once; nothing of it stays behind. */
  readonly destroy: () => void
}

/**
 * One connection to one address and one request over it (behaviour §1.2, §1.6, §1.7). The address override belongs to
 * this connection alone: there is no agent, no pool and no shared look-up. `ca`: trusted roots in PEM, instead of the
 * system's. Throws where the request cannot even be put into words (a URI with a line break).
 */
export function startAttempt(address: string, request: Request, ca: string | undefined): Attempt {
  const text = requestText(request)
  const answer = createAnswerReader(request)
  const moments: Moments = { started: 0, connected: null, secured: null, firstByte: null, lastByte: null }
  let expires: number | null = null
  let connection: Connection | null = null
  const destroy = () => connection?.destroy()
  const result = new Promise<AttemptResult>(resolve => {
    const end = (ended: AttemptResult) => {
      moments.lastByte = answer.lastByteMs()
      destroy()
      resolve(ended)
    }
    const open = (heard: HeardSecurely) => {
      const place = { host: address, port: request.port }
      moments.started = performance.now()
      if (request.proto === 'http') return openWire(place, heard)
      return openSecureWire(place, { host: request.host, verify: request.verify, ca }, heard)
    }
    connection = open({
      ...listener(request, answer, moments, end),
      connected: () => {
        moments.connected = performance.now()
        if (request.proto === 'http') connection?.send(text)
      },
      certificate: expiresMs => {
        expires = expiresMs
      },
      secured: () => {
        moments.secured = performance.now()
        connection?.send(text)
      },
    })
  })
  return { result, moments, statusCode: answer.statusCode, certificateExpires: () => expires, destroy }
}

/** What comes of the bytes of an answer, of its end, and of what breaks. */
function listener(
  request: Request,
  answer: AnswerReader,
  moments: Moments,
  end: (ended: AttemptResult) => void,
): Pick<HeardSecurely, 'bytes' | 'ended' | 'failed'> {
  let isOver = false
  const once = (ended: AttemptResult | null) => {
    if (ended === null || isOver) return
    isOver = true
    end(ended)
  }
  return {
    bytes: bytes => {
      if (isOver) return
      moments.firstByte ??= performance.now()
      once(answer.read(bytes))
    },
    ended: () => once(moments.firstByte === null ? closed : answer.end()),
    failed: error => once(classify(error, stageOf(moments, request), request.host)),
  }
}

/** How far an attempt is. */
function stageOf({ connected, secured, firstByte }: Moments, { proto }: Request): Stage {
  if (firstByte !== null) return 'answer'
  return proto === 'https' && connected !== null && secured === null ? 'handshake' : 'connection'
}
