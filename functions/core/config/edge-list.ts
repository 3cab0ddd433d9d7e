import { byName, type Edge } from '../domain/model.ts'
import { addressFault, canonicalAddress } from '../zone/addresses.ts'
import { checkHostName } from '../zone/zone-name.ts'
import { canonicalEdge } from './edge-name.ts'
import type { Place } from './yaml-file.ts'

export interface EdgeList {
  /** Sorted by name; without those that have faults. */
  readonly edges: readonly Edge[]
  /** Where each edge is listed; by name. */
  readonly places: ReadonlyMap<string, Place>
  readonly faults: readonly (Place & { readonly message: string })[]
}

/**
 * Reads an edge list: one edge per line, `#` starts a comment (contract, "Folders"). Edges go by their canonical form; one
 * that is listed twice, in whatever spelling, is a fault (behaviour §2.4). Never throws.
 */
export function readEdgeList(text: string): EdgeList {
  const edges: Edge[] = []
  const places = new Map<string, Place>()
  const faults: (Place & { message: string })[] = []
  const seen = new Map<string, { readonly text: string; readonly line: number }>()
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const content = raw.replace(/#.*$/, '')
    const text = content.trim()
    if (text === '') continue
    const place = { line: at + 1, column: content.indexOf(text) + 1 }
    const name = canonicalEdge(text)
    const earlier = seen.get(name)
    const message = earlier === undefined ? faultOf(text) : twice(text, earlier)
    seen.set(name, earlier ?? { text, line: place.line })
    if (message !== null) {
      faults.push({ ...place, message })
      continue
    }
    edges.push({ name, address: canonicalAddress(text), ...(/^[^.]+\.$/.test(text) ? { lookUp: text } : {}) })
    places.set(name, place)
  }
  if (edges.length === 0 && faults.length === 0) {
    faults.push({ line: 1, column: 1, message: 'there is no edge in the list: nothing could ever be published' })
  }
  return { edges: edges.sort((a, b) => byName(a.name, b.name)), places, faults }
}

function twice(text: string, earlier: { readonly text: string; readonly line: number }): string {
  const spelling = earlier.text === text ? '' : `, as ${earlier.text}`
  return `${text} is already listed in line ${earlier.line}${spelling}`
}

/** Why this cannot be an edge; null if it can. */
function faultOf(text: string): string | null {
  if (/\s/.test(text)) return `one edge per line: '${text}'`
  const address = canonicalAddress(text)
  if (address !== null) return addressFault(address)
  if (canonicalAddress(text.replace(/%.*$/, '')) !== null) {
    return `clients cannot reach ${text}: a zone index has a meaning on one machine only`
  }
  return text.includes(':') ? `'${text}' is not a valid address` : checkHostName(text)
}
