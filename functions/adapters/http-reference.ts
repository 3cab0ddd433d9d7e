import http from 'node:http'
import https from 'node:https'
import type { Ports } from '../cycle/ports.ts'

/** Fetches references: any HTTP answer counts, whatever it says and whoever signed it (behaviour §1.11). */
export function createReference(): Ports['reference'] {
  return (url, timeoutSeconds, signal) =>
    new Promise(resolve => {
      const get = url.startsWith('https:') ? https.get : http.get
      const sent = get(url, { agent: false, rejectUnauthorized: false })
      const timer = setTimeout(() => settle(false), timeoutSeconds * 1000)
      const giveUp = () => settle(false)
      const settle = (answered: boolean) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        sent.on('error', () => {})
        sent.destroy()
        resolve(answered)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      sent.once('response', () => settle(true))
      sent.once('upgrade', () => settle(true))
      sent.once('error', giveUp)
      if (signal.aborted) giveUp()
    })
}
