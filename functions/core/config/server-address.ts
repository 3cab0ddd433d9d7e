import { addressFault, canonicalAddress } from '../zone/addresses.ts'
import { checkDomainName } from '../zone/zone-name.ts'

/** A name server to ask; `host` is an address or a name without its final dot. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
}

/** Reads `name`, `address`, `name:port`, `address:port` or `[address]:port`; null where it is none of them. */
export function parseServer(text: string): ServerAddress | null {
  const whole = canonicalAddress(text)
  if (whole !== null) return { host: whole, port: 53 }
  const parts = /^(?:\[(.+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text)
  if (parts === null) return null
  const [, bracketed, plain = '', digits = '53'] = parts
  const port = Number(digits)
  const address = canonicalAddress(bracketed ?? plain)
  const isName = bracketed === undefined && checkDomainName(plain) === null && !/^\d+$/.test(plain.replace(/^.*\./, ''))
  if (port < 1 || port > 65_535 || (address === null && !isName)) return null
  return { host: address ?? plain.replace(/\.$/, ''), port }
}

/** Why a text names no server; null where it does. */
export function checkServer(text: string): string | null {
  const server = parseServer(text)
  if (server === null) return `'${text}' is not a name server: write a name or an address, with :port if it is not 53`
  return canonicalAddress(server.host) === null ? null : addressFault(server.host)
}
