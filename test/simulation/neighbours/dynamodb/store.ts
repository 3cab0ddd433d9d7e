import { failure } from '../service.ts'
import { changeOf, conditionOf, type Item, placeholdersIn } from './expression.ts'

const largestItemBytes = 400 * 1024

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
  readonly prefix: string
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
    const partition = partitionOf(pk)
    partition.stale.set(sk, partition.items.get(sk))
    if (!partition.items.has(sk)) partition.keys.splice(placeOf(partition.keys, sk), 0, sk)
    partition.items.set(sk, { ...item })
    changes++
  }
  const remove = (key: Item) => {
    const { pk, sk } = keysOf(key)
    const partition = partitionOf(pk)
    if (!partition.items.delete(sk)) return
    partition.keys.splice(placeOf(partition.keys, sk), 1)
    partition.stale.delete(sk)
    changes++
  }
  const get = (key: Item, isConsistent: boolean) => {
    const { pk, sk } = keysOf(key)
    const partition = partitionOf(pk)
    const found = !isConsistent && partition.stale.has(sk) ? partition.stale.get(sk) : partition.items.get(sk)
    return found === undefined ? undefined : { ...found }
  }
  return {
    get,
    put,
    delete: remove,
    update: (key, input) => {
      const fresh = updated(get(key, true), key, input)
      put(fresh)
      return { ...fresh }
    },
    query: (input, isConsistent) => page(partitionOf(input.partition), input, isConsistent),
    expire: (now, isTaken) => {
      for (const { items } of partitions.values()) {
        for (const item of items.values()) {
          if (Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now && isTaken()) remove(item)
        }
      }
    },
    items: () => [...partitions.values()].flatMap(({ items, keys }) => keys.map(sk => items.get(sk) as Item)),
    changes: () => changes,
  }
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
  if (bytes > largestItemBytes) throw failure('ValidationException', 'the item is larger than 400 KB', 400)
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
  const from = after === undefined ? placeOf(keys, isForward ? prefix : `${prefix}\uffff`) : placeOf(keys, after)
  const first = isForward ? (after === undefined ? from : from + 1) : from - 1
  const items: Item[] = []
  let at = first
  for (; items.length < limit; at += step) {
    const sk = keys[at]
    if (sk === undefined || !sk.startsWith(prefix)) return { items, last: undefined }
    const item = isConsistent ? partition.items.get(sk) : (partition.stale.get(sk) ?? partition.items.get(sk))
    items.push({ ...item })
  }
  const last = keys[at - step]
  return { items, last: last === undefined ? undefined : { pk: { S: input.partition }, sk: { S: last } } }
}
