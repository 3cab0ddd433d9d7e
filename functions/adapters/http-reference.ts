import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Ports } from '../cycle/ports.ts'
import { type LookUp, lookUp as systemLookUp } from './dns/names.ts'
import { socketLookUp } from './dns/socket-look-up.ts'

/**
 * Fetches references: any HTTP answer counts, whatever it says and whoever signed it; its headers are enough (behaviour
 * §1.11). Names are looked up as those of edges are (§1.3). Never rejects, and leaves no socket, no timer and no query
 * behind.
 */
export function createReference(lookUp: LookUp = systemLookUp): Ports['reference'] {
  return (url, timeoutSeconds, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve(false)
      const names = socketLookUp(lookUp)
      const sent = get(url, names.lookup)
      if (sent === null) return resolve(false)
      const settle = (answered: boolean) => {
        names.cancel()
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        sent.destroy()
        resolve(answered)
      }
      const giveUp = () => settle(false)
      const timer = setTimeout(giveUp, timeoutSeconds * 1000)
      signal.addEventListener('abort', giveUp, { once: true })
      sent.once('response', () => settle(true))
      sent.once('upgrade', (_answer, socket) => {
        socket.destroy()
        settle(true)
      })
      // Stays attached: destroying a request may give one more error.
      sent.on('error', error => settle(isAnswer(error)))
    })
}

/** An answer with more headers than are read is one all the same. */
function isAnswer(error: NodeJS.ErrnoException): boolean {
  return error.code === 'HPE_HEADER_OVERFLOW'
}

/** A request on a connection of its own; null where the URL is none that can be asked. */
function get(url: string, lookup: LookupFunction): ClientRequest | null {
  const options = { agent: false as const, lookup, headers: { 'User-Agent': 'edgemanage' } }
  try {
    const parsed = new URL(url)
    if (parsed.protocol === 'https:') return https.get(parsed, { ...options, rejectUnauthorized: false })
    return http.get(parsed, options)
  } catch {
    return null
  }
}
