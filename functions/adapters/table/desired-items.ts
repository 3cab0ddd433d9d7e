import * as z from 'zod'
import type { Desired, Pointer, TakenUp } from '../../core/config/pointer.ts'
import { parseJson } from './chunks.ts'
import { desiredKey, takenKey } from './keys.ts'
import type { Item } from './rows.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const signed = { by: z.string(), at: z.number().int(), comment: z.string() }
const pointerSchema = z.object({
  ...signed,
  id: z.string(),
  what: z.enum(['push', 'rollback', 'folder']),
  hash,
  base: hash.nullable(),
  previous: z.object({ ...signed, hash }).nullable(),
  source: hash.nullable(),
  folder: hash.nullable(),
  aside: z.number().int().nullable(),
})
const rejectionSchema = z.object({
  hash: hash.nullable(),
  version: z.string(),
  isFinal: z.boolean(),
  reasons: z.array(z.string()),
})
const takenSchema = z.object({
  ...signed,
  hash,
  deployed: hash.nullable(),
  rejected: rejectionSchema.nullable(),
})
/** The attribute of all these items: what they say, as JSON. */
function encode(value: object): Item {
  return { body: { S: JSON.stringify(value) } }
}

function decode<T>(item: Item, schema: z.ZodType<T>): T | null {
  return parseJson(item.body?.S, value => schema.safeParse(value).data ?? null)
}

/** A pointer as an item; its id is an attribute of its own, for conditions. */
export function encodePointer(pointer: Pointer): Item {
  return { id: { S: pointer.id }, ...encode(pointer) }
}

export function encodeTaken(taken: TakenUp): Item {
  return encode(taken)
}

/** What these items say about the configuration of their network. */
export function desiredIn(items: readonly Item[]): Desired {
  const at = (key: string) => items.find(({ sk }) => sk?.S === key)
  const [pointer, taken] = [at(desiredKey), at(takenKey)]
  return {
    pointer: pointer === undefined ? null : (decodePointer(pointer) ?? 'unreadable'),
    taken: taken === undefined ? null : (decode(taken, takenSchema) ?? 'unreadable'),
  }
}

/** A pointer whose id is not that of its item was written by nobody. */
function decodePointer(item: Item): Pointer | null {
  const pointer = decode(item, pointerSchema)
  return pointer?.id === item.id?.S ? pointer : null
}
