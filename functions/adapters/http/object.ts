import { createHash, type Hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Request } from '../../cycle/ports.ts'
import type { AttemptResult, Moments } from './attempt.ts'

/**
 * Hashes the body as it comes, keeps nothing of it, and gives up as soon as it is longer than the local copy (behaviour
 * §1.7). Only what has come counts: an answer that announces too much and breaks off, or drips, is cut short or times
 * out (§1.4, §1.8). Rejects with the connection's error where the body is not whole.
 */
export function readObject(answer: IncomingMessage, request: Request, moments: Moments): Promise<AttemptResult> {
  const hash = createHash('sha256')
  let bytes = 0
  moments.lastByte = performance.now()
  return new Promise((resolve, reject) => {
    answer.on('data', (chunk: Buffer) => {
      moments.lastByte = performance.now()
      bytes += chunk.length
      if (bytes > request.bytes) resolve(differs('the body is longer than the local copy'))
      else hash.update(chunk)
    })
    answer.on('end', () => resolve(verdictOn(bytes, hash, request)))
    // Stays attached: destroying a request may give one more error.
    answer.on('error', reject)
    // Nothing is left to settle where it has come to its end.
    answer.on('close', () => reject(new Error('the answer was cut short')))
  })
}

function verdictOn(bytes: number, hash: Hash, request: Request): AttemptResult {
  if (bytes < request.bytes)
    return differs(`the body is shorter than the local copy: ${bytes} of ${request.bytes} bytes`)
  return hash.digest('hex') === request.sha256 ? { outcome: 'ok' } : differs('the body differs from the local copy')
}

function differs(detail: string): AttemptResult {
  return { outcome: 'verify_failed', detail, mayRetry: false }
}
