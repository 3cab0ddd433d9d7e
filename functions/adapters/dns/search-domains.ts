import { readFileSync } from 'node:fs'

/** The search domains of a resolv.conf: the last `search` or `domain` line counts (resolv.conf(5)). */
export function parseSearchDomains(text: string): string[] {
  const lines = text.split(/\r?\n/).map(line =>
    line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/),
  )
  const last = lines.filter(([word]) => word === 'search' || word === 'domain').at(-1) ?? []
  return last
    .slice(1)
    .map(domain => domain.replace(/\.$/, ''))
    .filter(domain => domain !== '')
}

/** The search domains in this file; none where it cannot be read. */
export function searchDomainsIn(path: string): string[] {
  try {
    return parseSearchDomains(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}
