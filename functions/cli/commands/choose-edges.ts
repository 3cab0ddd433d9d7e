import { canonicalEdge } from '../../core/config/edge-name.ts'
import type { Network } from '../../core/config/network.ts'
import { UsageError } from '../../core/domain/errors.ts'
import { edgeNamed } from '../../core/orders/order-request.ts'

/** The edges that arguments name. */
export interface ChosenEdges {
  /** In the order of the arguments, each once. */
  readonly edges: readonly string[]
  /** More than one, or by a glob: the person should see which. */
  readonly isList: boolean
}

/**
 * The edges that these names and globs (`*`, `?`) mean; throws `UsageError` with every one that means none. With
 * `keepUnknown`, a name that is not in the list stays: its order may have outlived it.
 */
export function chooseEdges(network: Network, words: readonly string[], keepUnknown: boolean): ChosenEdges {
  const faults: string[] = []
  const edges = new Set<string>()
  for (const word of words) {
    const found = isGlob(word) ? matching(network, word) : named(network, word, keepUnknown)
    if (typeof found === 'string') faults.push(found)
    else for (const edge of found) edges.add(edge)
  }
  if (faults.length > 0) throw new UsageError(faults.join('; '))
  return { edges: [...edges], isList: edges.size > 1 || words.some(isGlob) }
}

function isGlob(word: string): boolean {
  return /[*?]/.test(word)
}

function matching(network: Network, glob: string): readonly string[] | string {
  const source = glob
    .replace(/\.$/, '')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const pattern = new RegExp(`^${source}$`, 'i')
  const names = network.edges.map(({ name }) => name).filter(name => pattern.test(name))
  return names.length > 0 ? names : `no edge of ${network.name} matches ${glob}`
}

function named(network: Network, word: string, keepUnknown: boolean): readonly string[] | string {
  const found = edgeNamed(network, word)
  if ('edge' in found) return [found.edge]
  return keepUnknown ? [canonicalEdge(word)] : found.fault
}
