import { Resolver } from 'node:dns'
import { readFileSync } from 'node:fs'

/** What a resolv.conf(5) says, as far as it counts here. */
export interface ResolvConf {
  /** Addresses, in their order. */
  readonly servers: readonly string[]
  /** Without the final dot; they apply to names without any dot. */
  readonly searchDomains: readonly string[]
}

/** Name servers beyond these are not asked, as in the system's own resolver. */
const maxServers = 3

/** Reads the text of a resolv.conf; the last `search` or `domain` line counts. Never throws. */
export function parseResolvConf(text: string): ResolvConf {
  const lines = text.split(/\r?\n/).map(line =>
    line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/),
  )
  const servers = lines.flatMap(([word, address]) => (word === 'nameserver' ? (address ?? []) : []))
  const search = lines.filter(([word]) => word === 'search' || word === 'domain').at(-1) ?? []
  const domains = search.slice(1).map(domain => domain.replace(/\.$/, ''))
  return { servers: servers.slice(0, maxServers), searchDomains: domains.filter(domain => domain !== '') }
}

/** What this file says now; where it names no server, those that Node finds on this machine. */
export function readResolvConf(path: string): ResolvConf {
  const { servers, searchDomains } = parseResolvConf(textIn(path))
  return { servers: servers.length > 0 ? servers : new Resolver().getServers(), searchDomains }
}

/** Synchronous, so that it needs nothing of the thread pool; nothing where the file cannot be read. */
function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
