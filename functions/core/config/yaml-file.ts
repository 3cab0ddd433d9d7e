import { isCollection, isMap, isNode, isPair, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { Problem } from './problem.ts'

/** Where in a file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A YAML file that was read: its value, and where each part of it stands. */
export interface YamlFile {
  /** Null where the file is empty or cannot be read. */
  readonly value: unknown
  /** Syntax errors, duplicate keys: positions and words. */
  readonly faults: readonly (Place & { readonly message: string })[]
  /** Where the key at this path stands; the nearest map above it where there is none. */
  readonly keyAt: (path: readonly PropertyKey[]) => Place
  /** Where the value at this path stands; else its key, else the nearest map above. */
  readonly valueAt: (path: readonly PropertyKey[]) => Place
}

export type At = Pick<Problem, 'file' | 'network' | 'scope'>

/** Aliases may stand for so many nodes in all; more is an attack on memory. */
const mostAliases = 100

/** Reads YAML 1.2; never throws. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placeOf = (offset: number | undefined): Place => {
    const { line, col } = lines.linePos(offset ?? 0)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const faults = document.errors.map(error => ({ ...placeOf(error.pos[0]), message: oneLine(error.message) }))
  const find = (path: readonly PropertyKey[], part: 'key' | 'value') => {
    return placeOf(offsetOf(document.contents as ParsedNode | null, path, part))
  }
  let value: unknown = null
  try {
    value = faults.length === 0 ? document.toJS({ maxAliasCount: mostAliases }) : null
  } catch (error) {
    faults.push({ line: 1, column: 1, message: oneLine(String(error)) })
  }
  return { value, faults, keyAt: path => find(path, 'key'), valueAt: path => find(path, 'value') }
}

function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[], part: 'key' | 'value'): number | undefined {
  let node: unknown = root
  let offset = isNode(root) ? root.range?.[0] : undefined
  for (const [depth, step] of path.entries()) {
    const isLast = depth === path.length - 1
    if (!isCollection(node)) return offset
    const item = isMap(node)
      ? node.items.find(pair => isScalar(pair.key) && String(pair.key.value) === String(step))
      : node.items[Number(step)]
    if (item === undefined) return offset
    const key = isPair(item) && isNode(item.key) ? item.key : null
    node = isPair(item) ? item.value : item
    const valueOffset = isNode(node) ? node.range?.[0] : undefined
    offset = (isLast && part === 'key' ? key?.range?.[0] : valueOffset) ?? key?.range?.[0] ?? offset
  }
  return offset
}

function oneLine(message: string): string {
  return String(message.split('\n')[0]).replace(/^\w*Error: /, '')
}
