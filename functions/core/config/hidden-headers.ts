import { type Document, isAlias, isMap, isScalar, type Node, parseDocument, visit } from 'yaml'
import { tooDeepAt } from './yaml-depth.ts'

/** The value of a header in `edgemanage.yaml`: where it stands, and what it says; `text` is null for what is no text. */
interface HeaderValue {
  readonly name: string
  readonly start: number
  readonly end: number
  readonly text: string | null
}

const hidden = '(hidden)'
const hiddenChanged = '(hidden, changed)'
/** A value that is shorter than this may be part of any word; it is hidden only where it is a value. */
const minSecret = 6

/**
 * Two versions of `edgemanage.yaml` for people to compare, without the values of `testobject.headers`, which may be secrets
 * (behaviour §14.4): the second says which of them changed. Null, for a file that is not there, stays null. Never throws.
 */
export function withoutHeaderValues(before: string | null, after: string | null): [string | null, string | null] {
  const [old, now] = [valuesIn(before ?? ''), valuesIn(after ?? '')]
  const isNew = ({ name, text }: HeaderValue) => {
    const known = old.filter(one => one.name === name)
    return known.length > 0 && known.every(one => one.text !== text)
  }
  const secrets = [...old, ...now].flatMap(({ text }) => (text !== null && text.length >= minSecret ? [text] : []))
  const hide = (text: string | null, values: readonly HeaderValue[], word: (value: HeaderValue) => string) =>
    text === null
      ? null
      : secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), replaced(text, values, word))
  return [hide(before, old, () => hidden), hide(after, now, value => (isNew(value) ? hiddenChanged : hidden))]
}

function replaced(text: string, values: readonly HeaderValue[], word: (value: HeaderValue) => string): string {
  let rest = text
  for (const value of [...values].sort((a, b) => b.start - a.start)) {
    // A text in several lines ends with the line; of one that several aliases stand for, the place is one.
    const end = rest.slice(value.start, value.end).endsWith('\n') ? value.end - 1 : value.end
    rest = `${rest.slice(0, value.start)}${word(value)}${rest.slice(end)}`
  }
  return rest
}

function valuesIn(text: string): HeaderValue[] {
  if (tooDeepAt(text) !== null) return []
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
  const found = new Map<number, HeaderValue>()
  visit(document, {
    Pair: (_key, { key, value }) => {
      if (!isScalar(key) || key.value !== 'headers') return
      for (const one of headersOf(value as Node | null, document)) found.set(one.start, one)
    },
  })
  return [...found.values()]
}

function headersOf(node: Node | null, document: Document): HeaderValue[] {
  const map = resolved(node, document)
  if (!isMap(map)) return valueAt('', map)
  return map.items.flatMap(({ key, value }) => valueAt(String(key), resolved(value as Node | null, document)))
}

function resolved(node: Node | null, document: Document): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node
}

function valueAt(name: string, node: Node | null): HeaderValue[] {
  const [start, end] = node?.range ?? [0, 0]
  if (start === end) return []
  return [{ name, start, end, text: isScalar(node) ? String(node.value) : null }]
}
