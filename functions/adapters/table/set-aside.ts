import { createHash } from 'node:crypto'
import type { Corrupt } from './corrupt.ts'
import { corruptKey } from './keys.ts'
import type { Item, Rows } from './rows.ts'

/** Copies every unreadable item under another key, then removes it, unless it is to stay (behaviour §8.5). */
export async function setAside(rows: Rows, corrupt: readonly Corrupt[]): Promise<void> {
  for (const { item, stays } of corrupt) {
    if (item === null) continue
    const { pk: _pk, sk, ...attributes } = item
    const key = sk?.S ?? ''
    await rows.put(corruptKey(key, hashOf(attributes)), attributes)
    if (!stays) await rows.delete(key)
  }
}

/** The same damage gives the same key, so that it is set aside once. */
function hashOf(attributes: Item): string {
  const text = JSON.stringify(attributes, Object.keys(attributes).sort()) + JSON.stringify(Object.values(attributes))
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
