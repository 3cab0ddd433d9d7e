import ipaddr from 'ipaddr.js'
import { canonicalEdge } from './edge-name.ts'
import type { Network } from './network.ts'
import type { Problem } from './problem.ts'
import type { ConfigSource } from './source.ts'

/** Whether addresses of a kind are out of reach. */
export interface OutOfReach {
  readonly ipv6: boolean
  readonly loopback: boolean
}

/**
 * Warnings about edges and canaries that a function on AWS does not reach, in the order of the network. `read` gives a file
 * of the configuration folder; `reach`: what is out of reach, IPv6 addresses (outside a dual-stack VPC) and those of loopback.
 */
export function unreachableEdges(read: ConfigSource['read'], network: Network, reach: OutOfReach): Problem[] {
  const lines = { edges: linesIn(read, `edges/${network.name}`), canaries: linesIn(read, `canaries/${network.name}`) }
  const named = [
    ...network.edges.map(({ name, address }) => ({ scope: 'edges' as const, name, address })),
    ...network.canaries.map(({ address }) => ({ scope: 'canaries' as const, name: address, address })),
  ]
  return named.flatMap(({ scope, name, address }) => {
    const why = whyUnreachable(name, address, reach)
    if (why === null) return []
    const file = `${scope}/${network.name}`
    const place = placeOf(lines[scope], name)
    return { severity: 'warning', file, ...place, message: `${name}: ${why}`, network: network.name, scope }
  })
}

/** The lines of a file; none where it cannot be read, which is told elsewhere. */
function linesIn(read: ConfigSource['read'], file: string): string[] {
  try {
    return Buffer.from(read(file) ?? [])
      .toString()
      .split('\n')
  } catch {
    return []
  }
}

function whyUnreachable(name: string, address: string | null, { ipv6, loopback }: OutOfReach): string | null {
  const range = address === null ? null : ipaddr.process(address).range()
  if (loopback && (range === 'loopback' || /^(.+\.)?localhost$/.test(name)))
    return 'a loopback address is the function itself, not an edge'
  if (ipv6 && address?.includes(':')) return 'an IPv6 address is out of reach for a function outside a dual-stack VPC'
  return null
}

/** Where a name first occurs in these lines, counting from 1; their start where it is written in another way. */
function placeOf(lines: readonly string[], name: string): { line: number; column: number } {
  const columns = lines.map(line => columnOf(line, name))
  const line = columns.findIndex(column => column > 0)
  return line < 0 ? { line: 1, column: 1 } : { line: line + 1, column: columns[line] as number }
}

/** The column of a name that stands alone in a line, before any comment, however it is spelled; 0 if it does not. */
function columnOf(line: string, name: string): number {
  const found = [...(line.split('#')[0] as string).matchAll(/[^\s'"]+/g)].find(([word]) => canonicalEdge(word) === name)
  return found === undefined ? 0 : found.index + 1
}
