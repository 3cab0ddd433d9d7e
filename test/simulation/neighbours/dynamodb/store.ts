import { failure } from '../service.ts'
import { changeOf } from './change.ts'
import { conditionOf, type Item, placeholdersIn } from './expression.ts'

const maxItemBytes = 400 * 1024

/** The table itself: items by partition and sort key, in order, as the real service keeps them. */
export interface Store {
  readonly get: (key: Item, isConsistent: boolean) => Item | undefined
  readonly put: (item: Item) => void
  readonly delete: (key: Item) => void
  readonly update: (key: Item, update: UpdateInput) => Item
  /** One page. */
  readonly query: (input: QueryInput, isConsistent: boolean) => { items: Item[]; last: Item | undefined }
  /** Lets those items expire whose time (`ttl`, seconds) is over at `now` (milliseconds); a random share, as the service does. */
  readonly expire: (now: number, isTaken: () => boolean) => void
  /** All items of all partitions, by sort key: for those who look on. */
  readonly items: () => readonly Item[]
  /** Counts every change. */
  readonly changes: () => number
}

export interface UpdateInput {
  readonly UpdateExpression?: string | undefined
  readonly ConditionExpression?: string | undefined
  readonly ExpressionAttributeNames?: Record<string, string> | undefined
  readonly ExpressionAttributeValues?: Item | undefined
}

export interface QueryInput {
  readonly partition: string
  /** Keys that begin so, or, with `to`, those from here to there, both included. */
  readonly prefix: string
  readonly to?: string
  readonly isForward: boolean
  readonly limit: number
  readonly after: string | undefined
}

interface Partition {
  readonly items: Map<string, Item>
  /** What inconsistent readers may still see: the item before its last change. */
  readonly stale: Map<string, Item | undefined>
  /** Sorted. */
  readonly keys: string[]
}

/** An empty table. */
export function createStore(): Store {
  const partitions = new Map<string, Partition>()
  let changes = 0
  const partitionOf = (pk: string) => {
    const known = partitions.get(pk) ?? { items: new Map(), stale: new Map(), keys: [] }
    partitions.set(pk, known)
    return known
  }
  const put = (item: Item) => {
    const { pk, sk } = keysOf(item)
    checkItem(item)
    putInto(partitionOf(pk), sk, item)
    changes++
  }
  const remove = (key: Item) => {
    const { pk, sk } = keysOf(key)
    if (removeFrom(partitionOf(pk), sk)) changes++
  }
  const get = (key: Item, isConsistent: boolean) => {
    const { pk, sk } = keysOf(key)
    return found(partitionOf(pk), sk, isConsistent)
  }
  const items = () => [...partitions.values()].flatMap(({ items, keys }) => keys.map(sk => items.get(sk) as Item))
  return {
    ...{ get, put, delete: remove, items, changes: () => changes },
    update: (key, input) => {
      const fresh = updated(get(key, true), key, input)
      put(fresh)
      return { ...fresh }
    },
    query: (input, isConsistent) => page(partitionOf(input.partition), input, isConsistent),
    expire: (now, isTaken) => {
      for (const item of items()) {
        if (Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now && isTaken()) remove(item)
      }
    },
  }
}

function putInto(partition: Partition, sk: string, item: Item): void {
  const { items, keys, stale } = partition
  stale.set(sk, items.get(sk))
  if (!items.has(sk)) keys.splice(placeOf(keys, sk), 0, sk)
  items.set(sk, { ...item })
}

function removeFrom({ items, keys, stale }: Partition, sk: string): boolean {
  if (!items.delete(sk)) return false
  keys.splice(placeOf(keys, sk), 1)
  stale.delete(sk)
  return true
}

function found({ items, stale }: Partition, sk: string, isConsistent: boolean): Item | undefined {
  const item = !isConsistent && stale.has(sk) ? stale.get(sk) : items.get(sk)
  return item === undefined ? undefined : { ...item }
}

function keysOf(item: Item): { pk: string; sk: string } {
  const { pk, sk } = item
  if (!pk?.S || !sk?.S) throw failure('ValidationException', 'an item needs both of its keys', 400)
  return { pk: pk.S, sk: sk.S }
}

/** Bytes as DynamoDB counts them, near enough; empty attributes are as wrong as large items. */
function checkItem(item: Item): void {
  let bytes = 0
  for (const [name, value] of Object.entries(item)) {
    const content = value.S ?? value.N ?? value.B
    if (content === undefined || value.N === 'NaN') throw failure('ValidationException', `${name} has no value`, 400)
    bytes += name.length + content.length
  }
  if (bytes > maxItemBytes) throw failure('ValidationException', 'the item is larger than 400 KB', 400)
}

function updated(old: Item | undefined, key: Item, input: UpdateInput): Item {
  const given = { names: input.ExpressionAttributeNames ?? {}, values: input.ExpressionAttributeValues ?? {} }
  const { UpdateExpression = '', ConditionExpression = '' } = input
  const used = new Set(placeholdersIn(`${UpdateExpression} ${ConditionExpression}`))
  const unused = [...Object.keys(given.names), ...Object.keys(given.values)].filter(name => !used.has(name))
  if (unused.length > 0) throw failure('ValidationException', `not used: ${unused.join(', ')}`, 400)
  if (ConditionExpression !== '' && !conditionOf(ConditionExpression)(old ?? {}, given)) {
    throw failure('ConditionalCheckFailedException', 'The conditional request failed', 400)
  }
  return changeOf(UpdateExpression)(old ?? { ...key }, given)
}

/** Where a key stands, or would stand, in a sorted list. */
function placeOf(keys: readonly string[], key: string): number {
  let [from, to] = [0, keys.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((keys[middle] as string) < key) from = middle + 1
    else to = middle
  }
  return from
}

function page(partition: Partition, input: QueryInput, isConsistent: boolean) {
  const { prefix, isForward, limit, after } = input
  const { keys } = partition
  const step = isForward ? 1 : -1
  const to = input.to ?? `${prefix}\uffff`
  // Behind the last one of the span, which may be there.
  const end = placeOf(keys, `${to}\0`)
  const from = after === undefined ? (isForward ? placeOf(keys, prefix) : end) : placeOf(keys, after)
  const first = isForward ? (after === undefined ? from : from + 1) : from - 1
  const items: Item[] = []
  let at = first
  for (; items.length < limit; at += step) {
    const sk = keys[at]
    if (sk === undefined || sk < prefix || sk > to) return { items, last: undefined }
    const item = isConsistent ? partition.items.get(sk) : (partition.stale.get(sk) ?? partition.items.get(sk))
    items.push({ ...item })
  }
  const last = keys[at - step]
  return { items, last: last === undefined ? undefined : { pk: { S: input.partition }, sk: { S: last } } }
}
