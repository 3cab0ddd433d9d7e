import { canonicalAddress } from '../zone/addresses.ts'

/** An edge list with the edges of another behind it. */
export interface MergedEdges {
  readonly text: string
  /** Edges that were added; those that were there already are not. */
  readonly added: readonly string[]
}

/** The original's edge list with the edges of its extra list that it lacks; both as the original reads them. */
export function mergeEdges(list: string, extra: string): MergedEdges {
  const known = new Set(edgesIn(list).map(keyOf))
  const added = edgesIn(extra).filter(edge => {
    const isNew = !known.has(keyOf(edge))
    known.add(keyOf(edge))
    return isNew
  })
  if (added.length === 0) return { text: list, added }
  const end = list === '' || list.endsWith('\n') ? '' : '\n'
  return { text: `${list}${end}# From extra_edgelist_dir:\n${added.join('\n')}\n`, added }
}

function edgesIn(text: string): string[] {
  return text.split('\n').flatMap(line => (line.startsWith('#') || line.trim() === '' ? [] : [line.trim()]))
}

/** One key for every way to write an edge. */
function keyOf(edge: string): string {
  return canonicalAddress(edge) ?? edge.toLowerCase().replace(/\.$/, '')
}
