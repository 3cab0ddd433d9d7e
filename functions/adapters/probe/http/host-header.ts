import { isIPv6 } from 'node:net'
import type { Request } from '../../../cycle/ports/request.ts'

const defaultPorts = { http: 80, https: 443 }

/** The Host header for a test object: its host, an IPv6 address in brackets, and the port where it is not the usual one. */
export function hostHeader({ host, port, proto }: Pick<Request, 'host' | 'port' | 'proto'>): string {
  const name = isIPv6(host) ? `[${host}]` : host
  return port === defaultPorts[proto] ? name : `${name}:${port}`
}
