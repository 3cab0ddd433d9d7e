import { jsonMap } from './json-map.ts'

/** What a file of the original still holds; nothing in it is guessed. */
export interface TornMap {
  readonly values: Readonly<Record<string, unknown>>
  /** Keys whose value lost some of its members, or is there twice with different values. */
  readonly torn: ReadonlySet<string>
  /** The text is not one whole JSON map. */
  readonly isDamaged: boolean
}

interface Reader {
  readonly text: string
  at: number
  /** A key of the outermost map, wherever it is. In a string every quote has a backslash before it. */
  readonly anyKey: RegExp
  /** Where a map or a list can be taken up again, or ends, by its last sign. */
  readonly resume: Readonly<Record<'}' | ']', RegExp>>
}

type Token =
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'sign'; readonly sign: string }

/** A value that was read, and whether members of it are lost. */
interface Value {
  readonly value: unknown
  readonly isTorn: boolean
}

/** A number or a word counts only with what follows it: one that is cut off may be another. `NaN` is what Python writes. */
const token =
  /\s*(?:(?<text>"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*)*")|(?<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[\s,\]}])|(?<word>true|false|null|NaN|-?Infinity)(?=[\s,\]}])|(?<sign>[{}[\],:]))/uy
const restIsEmpty = /\s*$/y
const words: Readonly<Record<string, boolean>> = { true: true, false: false }

/**
 * Reads a map in JSON as far as it can be read: of a text that is cut off or damaged, what is whole before and behind
 * the damage. `keys`: those of the map, by which it is taken up again; members of its lists and maps are plain values.
 * Null where not even one key has a value. Never throws.
 */
export function readTornMap(text: string, keys: readonly string[]): TornMap | null {
  const whole = jsonMap(text)
  if (whole !== null) return { values: whole, torn: new Set(), isDamaged: false }
  const anyKey = new RegExp(`(?<!\\\\)"(?:${keys.join('|')})"\\s*:`, 'g')
  const inMap = new RegExp(`,(?=\\s*"[\\d.eE+-]+"\\s*:)|[{}]|${anyKey.source}`, 'g')
  const reader = { text, at: 0, anyKey, resume: { '}': inMap, ']': /,|[{}\]]/g } }
  const values = new Map<string, unknown>()
  const torn = new Set<string>()
  let isDamaged = !takeSign(reader, '{')
  for (;;) {
    const key = takeKey(reader)
    const value = key === null ? null : takeMember(reader)
    if (key !== null && value !== null) {
      if (value.isTorn || (values.has(key) && values.get(key) !== value.value)) torn.add(key)
      values.set(key, value.value)
      if (takeSign(reader, ',')) continue
      if (takeSign(reader, '}')) break
    }
    isDamaged = true
    if (!seekKey(reader)) break
  }
  if (values.size === 0) return null
  return { values: Object.fromEntries(values), torn, isDamaged: isDamaged || torn.size > 0 || !isAtEnd(reader) }
}

/** The next token and where it ends; null where there is none. */
function next({ text, at }: Reader): { readonly token: Token; readonly end: number } | null {
  token.lastIndex = at
  const groups = token.exec(text)?.groups
  return groups === undefined ? null : { token: tokenOf(groups), end: token.lastIndex }
}

function tokenOf({ text, number, word, sign }: Record<string, string | undefined>): Token {
  if (sign !== undefined) return { kind: 'sign', sign }
  if (text !== undefined) return { kind: 'value', value: JSON.parse(text) as string }
  return { kind: 'value', value: number === undefined ? (words[String(word)] ?? null) : Number(number) }
}

function isAtEnd({ text, at }: Reader): boolean {
  restIsEmpty.lastIndex = at
  return restIsEmpty.test(text)
}

function takeSign(reader: Reader, wanted: string): boolean {
  const found = next(reader)
  if (found?.token.kind !== 'sign' || found.token.sign !== wanted) return false
  reader.at = found.end
  return true
}

/** A string and the colon behind it; null, with the reader where it was, for anything else. */
function takeKey(reader: Reader): string | null {
  const found = next(reader)
  if (found?.token.kind !== 'value' || typeof found.token.value !== 'string') return null
  const before = reader.at
  reader.at = found.end
  if (takeSign(reader, ':')) return found.token.value
  reader.at = before
  return null
}

/** A plain value that ends as it should, or with the text; null, with the reader where it was, for anything else. */
function takePlain(reader: Reader): Value | null {
  const found = next(reader)
  if (found?.token.kind !== 'value') return null
  const before = reader.at
  reader.at = found.end
  const after = next(reader)?.token
  const isWhole = after === undefined ? isAtEnd(reader) : after.kind === 'sign' && /[,}\]]/.test(after.sign)
  if (isWhole) return { value: found.token.value, isTorn: false }
  reader.at = before
  return null
}

/** A value of the outermost map: plain, or a list or a map of plain values. */
function takeMember(reader: Reader): Value | null {
  if (takeSign(reader, '{')) {
    const members = new Map<string, unknown>()
    const isTorn = takeMembers(reader, '}', () => {
      const key = takeKey(reader)
      const value = key === null ? null : takePlain(reader)
      if (key !== null && value !== null) members.set(key, value.value)
      return value !== null
    })
    return { value: Object.fromEntries(members), isTorn }
  }
  if (!takeSign(reader, '[')) return takePlain(reader)
  const members: unknown[] = []
  const isTorn = takeMembers(reader, ']', () => {
    const value = takePlain(reader)
    if (value !== null) members.push(value.value)
    return value !== null
  })
  return { value: members, isTorn }
}

/** The rest of a list or a map; whether members of it are lost. */
function takeMembers(reader: Reader, end: '}' | ']', takeOne: () => boolean): boolean {
  if (takeSign(reader, end)) return false
  let isTorn = false
  for (;;) {
    if (takeOne()) {
      if (takeSign(reader, ',')) continue
      if (takeSign(reader, end)) return isTorn
    }
    isTorn = true
    if (!resume(reader, end)) return true
  }
}

/** Goes behind the next comma of a list or map; false where it ends before, or what holds it goes on. */
function resume(reader: Reader, end: '}' | ']'): boolean {
  const pattern = reader.resume[end]
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found === null) reader.at = reader.text.length
  else reader.at = found[0] === ',' || found[0] === end ? pattern.lastIndex : found.index
  return found?.[0] === ','
}

function seekKey(reader: Reader): boolean {
  reader.anyKey.lastIndex = reader.at
  const found = reader.anyKey.exec(reader.text)
  reader.at = found?.index ?? reader.text.length
  return found !== null
}
