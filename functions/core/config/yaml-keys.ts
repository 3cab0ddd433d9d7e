import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml'

/** What is wrong with a key, and at which offset of the text it begins. */
export interface KeyFault {
  readonly at: number
  readonly message: string
}

/** Finds what is in a map or a list in one step, however many neighbours it has. */
export interface KeyIndex {
  /** The pair with this key; undefined where there is none. */
  readonly pair: (map: YAMLMap, key: string) => Pair | undefined
  /** The node below a map or a list; undefined where there is none. */
  readonly child: (node: unknown, step: PropertyKey) => unknown
}

/**
 * Makes every key of every map the text it was written as, whatever YAML would make of it (contract, "Settings": names
 * are always text). Changes the document: keys that are not text (a list, a map) or are there already are left out of it, and
 * are the answer.
 */
export function textKeys(document: Document): KeyFault[] {
  const faults: KeyFault[] = []
  visit(document, {
    Map: (_key, map) => {
      const seen = new Set<string>()
      map.items = map.items.filter(pair => {
        if (isScalar(pair.key) && typeof pair.key.value === 'symbol') return true // A merge key: `<<`.
        if (isAlias(pair.key) && pair.key.resolve(document) === undefined) return true // Told with all aliases of nothing.
        const text = keyText(pair, document)
        const fault = text === null ? 'a key must be text' : seen.has(text) ? `key '${text}' is listed twice` : null
        if (fault !== null || text === null) {
          faults.push({ at: rangeOf(pair)[0], message: String(fault) })
          return false
        }
        seen.add(text)
        if (isScalar(pair.key)) pair.key.value = text
        else pair.key = aliasAsText(pair, text)
        return true
      })
    },
  })
  return faults
}

/** A key as it is written; null for one that is a collection, or an alias of one. */
function keyText({ key }: Pair, document: Document): string | null {
  const node = isAlias(key) ? key.resolve(document) : key
  if (!isScalar(node)) return null
  return typeof node.value === 'string' ? node.value : String(node.source)
}

/** A key with the text of what its alias stands for. */
function aliasAsText(pair: Pair, text: string): Scalar {
  const node = new Scalar(text)
  node.range = rangeOf(pair)
  return node
}

/** Where a key that was parsed is in the text. */
function rangeOf({ key }: Pair): ParsedNode['range'] {
  return (key as ParsedNode).range
}

/** An index that is made map by map, when it is first asked. */
export function keyIndex(): KeyIndex {
  const maps = new WeakMap<YAMLMap, Map<string, Pair>>()
  const pair = (map: YAMLMap, key: string) => {
    let pairs = maps.get(map)
    if (pairs === undefined) {
      // The first of several with one key counts.
      pairs = new Map([...map.items].reverse().map(one => [isScalar(one.key) ? String(one.key.value) : '', one]))
      maps.set(map, pairs)
    }
    return pairs.get(key)
  }
  const child = (node: unknown, step: PropertyKey) => {
    if (isMap(node)) return pair(node as YAMLMap, String(step))?.value
    return isSeq(node) ? node.items[Number(step)] : undefined
  }
  return { pair, child }
}
