import type { Desired, Pointer, TakenUp } from '../../core/config/pointer.ts'
import { isMap } from '../../core/domain/is-map.ts'
import { asNames, parseJson } from './chunks.ts'
import { desiredKey, takenKey } from './keys.ts'
import type { Item } from './rows.ts'

type Check = (value: unknown) => boolean

const isText: Check = value => typeof value === 'string'
const isWhole: Check = value => Number.isSafeInteger(value)
const isHash: Check = value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value)
const oneOf =
  (...words: readonly string[]): Check =>
  value =>
    words.includes(value as string)

/** Whether a value is a map in which each of these fields has what it should. Others may be there: a later version's. */
function hasForm(form: Readonly<Record<string, Check>>): Check {
  return value => isMap(value) && Object.entries(form).every(([key, check]) => check(value[key]))
}

const signed = { by: isText, at: isWhole, comment: isText }
const isPrevious = hasForm({ ...signed, hash: isHash })
const isPointer = hasForm({
  ...signed,
  id: isText,
  what: oneOf('push', 'rollback', 'folder'),
  hash: isHash,
  base: orNull(isHash),
  previous: orNull(isPrevious),
  source: orNull(isHash),
  folder: orNull(isHash),
  aside: orNull(isWhole),
})
const isRejection = hasForm({
  hash: orNull(isHash),
  version: isText,
  isFinal: value => typeof value === 'boolean',
  reasons: value => asNames(value) !== null,
})
const isTaken = hasForm({ ...signed, hash: isHash, deployed: orNull(isHash), rejected: orNull(isRejection) })

/** The attribute of all these items: what they say, as JSON. */
function encode(value: object): Item {
  return { body: { S: JSON.stringify(value) } }
}

/** By hand, as every cycle reads these items, and a library of schemas takes longer to load than all else that it does. */
function decode<T>(item: Item, isSound: Check): T | null {
  return parseJson(item.body?.S, value => (isSound(value) ? (value as T) : null))
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
    taken: taken === undefined ? null : (decode<TakenUp>(taken, isTaken) ?? 'unreadable'),
  }
}

/** A pointer whose id is not that of its item was written by nobody. */
function decodePointer(item: Item): Pointer | null {
  const pointer = decode<Pointer>(item, isPointer)
  return pointer?.id === item.id?.S ? pointer : null
}
