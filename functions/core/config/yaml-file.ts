import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
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
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const faults = document.errors.map(error => ({ ...placeOf(error.pos[0]), message: oneLine(error.message) }))
  faults.push(...endless(document).map(({ at, message }) => ({ ...placeOf(at), message })))
  const nodeAt = (path: readonly PropertyKey[]): unknown => document.getIn(path, true)
  const valueAt = (path: readonly PropertyKey[]): Place => {
    const node = nodeAt(path)
    if (isNode(node)) return placeOf(startOf(node))
    return path.length === 0 ? placeOf(0) : valueAt(path.slice(0, -1))
  }
  const keyAt = (path: readonly PropertyKey[]): Place => {
    const map = nodeAt(path.slice(0, -1))
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
    return isNode(pair?.key) ? placeOf(startOf(pair.key)) : valueAt(path)
  }
  let value: unknown = null
  try {
    value = faults.length === 0 ? document.toJS({ maxAliasCount: mostAliases }) : null
  } catch (error) {
    faults.push({ line: 1, column: 1, message: oneLine(String(error)) })
  }
  return { value, faults, keyAt, valueAt }
}

/** Aliases that stand inside of what they stand for: a value without end. */
function endless(document: Document): { at: number; message: string }[] {
  const found: { at: number; message: string }[] = []
  const anchors = new Map<string, Node>()
  visit(document, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node)
      } else if (path.includes(anchors.get(node.source) as Node)) {
        found.push({ at: startOf(node), message: `*${node.source} stands inside of what it stands for` })
      }
    },
  })
  return found
}

/** Where a node that was parsed begins. */
function startOf(node: Node): number {
  return Number(node.range?.at(0))
}

function oneLine(message: string): string {
  return String(message.split('\n')[0]).replace(/^\w*Error: /, '')
}
