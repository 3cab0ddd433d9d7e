import ipaddr from 'ipaddr.js'
import { byName, type Edge } from '../model.ts'
import { canonicalAddress } from '../zone/addresses.ts'
import { checkDomainName } from '../zone/zone-name.ts'
import type { Place } from './yaml-file.ts'

export interface EdgeList {
  /** Sorted by name; without those that have faults. */
  readonly edges: readonly Edge[]
  /** Where each edge stands. */
  readonly places: ReadonlyMap<string, Place>
  readonly faults: readonly (Place & { readonly message: string })[]
}

/** Kinds of address that no server on the Internet has; loopback and private ones may be meant. */
const noServer = new Set(['unspecified', 'broadcast', 'multicast'])

/** Reads an edge list: one edge per line, `#` starts a comment (contract, "Folders"). Never throws. */
export function readEdgeList(text: string): EdgeList {
  const edges: Edge[] = []
  const places = new Map<string, Place>()
  const faults: (Place & { message: string })[] = []
  const seen = new Map<string, number>()
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const content = raw.replace(/#.*$/, '')
    const name = content.trim()
    if (name === '') continue
    const place = { line: at + 1, column: content.indexOf(name) + 1 }
    const address = canonicalAddress(name)
    const key = address ?? name.toLowerCase()
    const earlier = seen.get(key)
    const message = earlier === undefined ? faultOf(name, address) : `${name} stands in line ${earlier} already`
    seen.set(key, earlier ?? place.line)
    if (message !== null) {
      faults.push({ ...place, message })
      continue
    }
    edges.push({ name, address })
    places.set(name, place)
  }
  if (edges.length === 0 && faults.length === 0) {
    faults.push({ line: 1, column: 1, message: 'there is no edge in the list: nothing could ever be published' })
  }
  return { edges: edges.sort((a, b) => byName(a.name, b.name)), places, faults }
}

/** Why this cannot be an edge; null if it can. */
function faultOf(name: string, address: string | null): string | null {
  if (/\s/.test(name)) return `one edge per line: '${name}'`
  if (address !== null) return addressFault(address)
  if (name.endsWith('.')) return `'${name}' is to be written without the final dot`
  const lastLabel = name.slice(name.lastIndexOf('.') + 1)
  if (name.includes(':') || /^(\d+|0x[0-9a-f]*)$/i.test(lastLabel)) return `'${name}' is no address`
  return checkDomainName(name)
}

/** Why this canonical address cannot be a server's; null if it can. */
export function addressFault(address: string): string | null {
  const range = ipaddr.parse(address).range()
  return noServer.has(range) ? `${address} is no server's address (${range})` : null
}
