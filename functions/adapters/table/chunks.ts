import { createHash } from 'node:crypto'
import type { Item, Rows } from './rows.ts'

/** Texts longer than one item should hold (the limit is 400 KB) are spread over several. */
const chunkCharacters = 90_000

/** Writes a text under `<prefix>#0`, `<prefix>#1` …; the last chunk says that it is the last. */
export async function putText(rows: Rows, prefix: string, text: string, extra: Item = {}): Promise<void> {
  const count = Math.max(1, Math.ceil(text.length / chunkCharacters))
  for (let at = 0; at < count; at++) {
    const chunk = text.slice(at * chunkCharacters, (at + 1) * chunkCharacters)
    await rows.put(`${prefix}#${at}`, { text: { S: chunk }, of: { N: String(count) }, ...extra })
  }
}

/** A text that `putText` wrote, its items, and null for a text that is not there or not whole. */
export interface Spread {
  readonly text: string | null
  readonly items: readonly Item[]
}

/** Reads a text that `putText` wrote. */
export async function getText(rows: Rows, prefix: string): Promise<Spread> {
  return joined(await rows.list(`${prefix}#`), prefix)
}

/** The text that these items, read already, hold. */
export function joined(items: readonly Item[], prefix: string): Spread {
  const byNumber = new Map(items.map(item => [Number(item.sk?.S?.slice(prefix.length + 1)), item]))
  const count = Number(byNumber.get(0)?.of?.N)
  if (!Number.isSafeInteger(count) || count < 1) return { text: null, items }
  let text = ''
  for (let at = 0; at < count; at++) {
    const chunk = byNumber.get(at)?.text?.S
    if (chunk === undefined) return { text: null, items }
    text += chunk
  }
  return { text, items }
}

/** The name of a list that is kept under its own content: 16 hexadecimal digits. */
export function contentId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** JSON that may be anything, as what `check` makes of it; null if it is not JSON or `check` refuses it. */
export function parseJson<T>(text: string | null | undefined, check: (value: unknown) => T | null): T | null {
  if (text === null || text === undefined) return null
  try {
    return check(JSON.parse(text))
  } catch {
    return null
  }
}

/** A list of strings, or null. */
export function asNames(value: unknown): string[] | null {
  return Array.isArray(value) && value.every(one => typeof one === 'string') ? value : null
}
