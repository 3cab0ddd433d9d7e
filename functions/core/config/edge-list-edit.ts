import { readEdgeList } from './edge-list.ts'
import { canonicalEdge } from './edge-name.ts'

/**
 * The text of an edge list that holds these edges and no others: lines of edges that stay are kept with their comments,
 * and so is every line without an edge; new edges follow at the end, in their order. `old` is null for a new list. The
 * same text where nothing changes.
 */
export function editEdgeList(old: string | null, edges: readonly string[]): string {
  const missing = new Map(edges.map(edge => [canonicalEdge(edge), edge]))
  const kept = (old ?? '').split('\n').filter(line => {
    const name = line.replace(/#.*$/, '').trim()
    return name === '' || missing.delete(canonicalEdge(name))
  })
  if (missing.size === 0) return kept.join('\n')
  const text = kept.join('\n')
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${[...missing.values()].join('\n')}\n`
}

/** What is wrong with these edges as a network's list; empty if nothing is. */
export function edgeFaults(edges: readonly string[]): string[] {
  const strange = edges.filter(edge => /[#\r\n]/.test(edge) || edge.trim() === '')
  if (strange.length > 0) return strange.map(edge => `${JSON.stringify(edge)} is not an edge`)
  return readEdgeList(edges.join('\n')).faults.map(({ message }) => message)
}
