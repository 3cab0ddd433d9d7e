import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import type { Ports } from '../cycle/ports.ts'

/**
 * Fetches references: any HTTP answer counts, whatever it says and whoever signed it; its headers are enough (behaviour
 * §1.11). Never rejects, and leaves no socket and no timer behind.
 */
export function createReference(): Ports['reference'] {
  return (url, timeoutSeconds, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve(false)
      const sent = get(url)
      if (sent === null) return resolve(false)
      const settle = (answered: boolean) => {
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
      sent.on('error', giveUp)
    })
}

/** A request on a connection of its own; null where the URL is none that can be asked. */
function get(url: string): ClientRequest | null {
  const options = { agent: false as const, headers: { 'User-Agent': 'edgemanage' } }
  try {
    return url.startsWith('https:') ? https.get(url, { ...options, rejectUnauthorized: false }) : http.get(url, options)
  } catch {
    return null
  }
}
