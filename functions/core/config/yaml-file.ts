import {
  type Document,
  isAlias,
  isMap,
  isNode,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import type { Problem } from './problem.ts'
import { tooDeepAt } from './yaml-depth.ts'
import { keyIndex, textKeys } from './yaml-keys.ts'

/** Where in a file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** A YAML file that was read: its value, and where each part of it is. */
export interface YamlFile {
  /**
   * Null where the file is empty or cannot be read; keys that are faulty do not make it so. Keys of maps are always text, as
   * written: `007`, `1e3`, `null`; of one that is there twice the first counts.
   */
  readonly value: unknown
  /** Syntax errors, duplicate keys: positions and words. */
  readonly faults: readonly (Place & { readonly message: string })[]
  /** Where the key at this path is; the nearest map above it where there is none. */
  readonly keyAt: (path: readonly PropertyKey[]) => Place
  /** Where the value at this path is; else its key, else the nearest map above. */
  readonly valueAt: (path: readonly PropertyKey[]) => Place
}

export type At = Pick<Problem, 'file' | 'network' | 'scope'>

type Fault = Place & { readonly message: string }

/** How many nodes aliases may stand for in all; more is an attack on memory. */
const maxAliases = 100

/** Reads YAML 1.2; never throws. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const deep = tooDeepAt(text)
  if (deep !== null) {
    const lineStart = text.lastIndexOf('\n', deep - 1) + 1
    const place = { line: text.slice(0, deep).split('\n').length, column: deep - lineStart + 1 }
    return {
      value: null,
      faults: [{ ...place, message: 'is nested too deeply' }],
      keyAt: () => place,
      valueAt: () => place,
    }
  }
  // Duplicate keys are looked for here: the parser compares each key with all others.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  })
  return fileOf(document, placeOf)
}

function fileOf(document: Document.Parsed<ParsedNode>, placeOf: (offset: number) => Place): YamlFile {
  const faults: Fault[] = document.errors.map(error => ({ ...placeOf(error.pos[0]), message: wordsOf(error) }))
  for (const { at, message } of aliasFaults(document)) faults.push({ ...placeOf(at), message })
  const isWhole = faults.length === 0
  for (const { at, message } of textKeys(document)) faults.push({ ...placeOf(at), message })
  faults.sort((a, b) => a.line - b.line || a.column - b.column)
  let value: unknown = null
  try {
    value = isWhole ? document.toJS({ maxAliasCount: maxAliases }) : null
  } catch (error) {
    // A key that was left out may hold what an alias stands for.
    if (faults.length === 0) faults.push({ line: 1, column: 1, message: oneLine(String(error)) })
  }
  return { value, faults, ...placesIn(document, placeOf) }
}

function placesIn(
  document: Document.Parsed<ParsedNode>,
  placeOf: (offset: number) => Place,
): Pick<YamlFile, 'keyAt' | 'valueAt'> {
  const index = keyIndex()
  const nodeAt = (path: readonly PropertyKey[]): unknown =>
    path.reduce<unknown>((node, step) => index.child(node, step), document.contents)
  const valueAt = (path: readonly PropertyKey[]): Place => {
    const node = nodeAt(path)
    if (isNode(node)) return placeOf(startOf(node))
    return path.length === 0 ? placeOf(0) : valueAt(path.slice(0, -1))
  }
  const keyAt = (path: readonly PropertyKey[]): Place => {
    const map = nodeAt(path.slice(0, -1))
    const key = isMap(map) ? index.pair(map as YAMLMap, String(path.at(-1)))?.key : undefined
    return isNode(key) ? placeOf(startOf(key)) : valueAt(path)
  }
  return { keyAt, valueAt }
}

/** Aliases that stand for nothing, and those that stand inside of what they stand for: a value without end. */
function aliasFaults(document: Document): { at: number; message: string }[] {
  const found: { at: number; message: string }[] = []
  const anchors = new Map<string, Node>()
  visit(document, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node)
      } else if (!anchors.has(node.source)) {
        found.push({
          at: startOf(node),
          message: `*${node.source} has no meaning: there is no &${node.source} before it`,
        })
      } else if (path.includes(anchors.get(node.source) as Node)) {
        found.push({ at: startOf(node), message: `*${node.source} refers to itself` })
      }
    },
  })
  return found
}

/** Where a node that was parsed begins. */
function startOf(node: Node): number {
  return Number(node.range?.at(0))
}

/** What the parser says, where that is for people who write files and not for those who write programs. */
function wordsOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return "a second document begins here ('---'): the file must be one document"
  return oneLine(message)
}

function oneLine(message: string): string {
  return String(message.split('\n')[0]).replace(/^\w*Error: /, '')
}
