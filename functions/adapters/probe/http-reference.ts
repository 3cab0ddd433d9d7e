import type { LookupFunction } from 'node:net'
import type { Ports } from '../../cycle/ports/ports.ts'
import { lookUp as systemLookUp } from './dns/lazy-look-up.ts'
import type { LookUp } from './dns/names.ts'
import { socketLookUp } from './dns/socket-look-up.ts'
import { createHeadReader } from './http/answer-head.ts'
import { requestText } from './http/request-text.ts'
import { type HeardSecurely, openSecureWire } from './http/secure-wire.ts'
import { type Connection, openWire } from './http/wire.ts'

/**
 * Fetches references: any HTTP answer counts, whatever it says, however ill-formed its headers and whoever signed it: its
 * status line is enough (behaviour §1.11). Names are looked up as those of edges are (§1.3). Never rejects, and leaves no
 * socket, no timer and no query behind.
 */
export function createReference(lookUp: LookUp = systemLookUp): Ports['reference'] {
  return (url, timeoutSeconds, signal) =>
    new Promise(resolve => {
      if (signal.aborted) return resolve(false)
      const names = socketLookUp(lookUp)
      let connection: Connection | null = null
      const settle = (answered: boolean) => {
        names.cancel()
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        connection?.destroy()
        resolve(answered)
      }
      const giveUp = () => settle(false)
      const timer = setTimeout(giveUp, timeoutSeconds * 1000)
      signal.addEventListener('abort', giveUp, { once: true })
      try {
        connection = ask(new URL(url), names.lookup, settle)
      } catch {
        giveUp()
      }
    })
}

const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** Asks for a URL on a connection of its own; throws where the URL is not one that can be asked. */
function ask(
  { protocol, hostname, port, pathname, search, username, password }: URL,
  lookup: LookupFunction,
  settle: (answered: boolean) => void,
) {
  const defaultPort = ports[protocol]
  if (defaultPort === undefined) throw new Error('not an http or https URL')
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const place = { host, port: port === '' ? defaultPort : Number(port), lookup }
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers = login === ':' ? {} : { Authorization: `Basic ${Buffer.from(login).toString('base64')}` }
  const proto = protocol === 'https:' ? 'https' : 'http'
  const text = requestText({ ...place, proto, uri: `${pathname}${search}`, headers })
  const head = createHeadReader()
  const heard: HeardSecurely = {
    connected: () => {
      if (proto === 'http') connection.send(text)
    },
    certificate: () => {},
    secured: () => connection.send(text),
    bytes: bytes => {
      const found = head.read(bytes)
      if (head.isHttp()) settle(true)
      else if (found !== null) settle(false)
    },
    ended: () => settle(head.isHttp()),
    failed: () => settle(head.isHttp()),
  }
  const connection: Connection =
    proto === 'http' ? openWire(place, heard) : openSecureWire(place, { host, verify: false, ca: undefined }, heard)
  return connection
}
