import { readFileSync, statSync } from 'node:fs'
import { canonicalEdge } from '../../../core/config/edge-name.ts'

/** The addresses of each name, as they are written; names in their canonical form. */
export type Hosts = ReadonlyMap<string, readonly string[]>

/** Reads the text of a hosts file: an address and its names per line, `#` starts a comment. Never throws. */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>()
  for (const line of text.split(/\r?\n/)) {
    const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/)
    for (const name of new Set(names.map(canonicalEdge))) {
      const known = hosts.get(name)
      if (known === undefined) hosts.set(name, [String(address)])
      else known.push(String(address))
    }
  }
  return hosts
}

/** Where this machine keeps its hosts file. */
export function systemHostsFile(): string {
  const { SystemRoot = 'C:\\Windows' } = process.env
  return process.platform === 'win32' ? `${SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts'
}

/**
 * Gives the hosts in this file, read again only when the file has changed. Synchronous on purpose: asynchronous reads use
 * the thread pool, which other work of the process may occupy. A missing or unreadable file holds no hosts; throws where
 * only the prober has no means to read it (behaviour §1.5).
 */
export function hostsReader(path: string): () => Hosts {
  let stamp = ''
  let hosts: Hosts = new Map()
  return () => {
    const found = statSync(path, { throwIfNoEntry: false })
    const newest = found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeMs}`
    if (newest !== stamp) hosts = found === undefined ? new Map() : parseHosts(readText(path))
    stamp = newest
    return hosts
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['EMFILE', 'ENFILE', 'ENOMEM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return ''
  }
}
