import { crc32 } from 'node:zlib'
import type { Attribute, Item } from '../table/rows.ts'
import type { Columns, Value } from './connection.ts'

/**
 * One item as a row. `bytes` is the longest of its binary attributes, which most of the space is for: `attributes` has
 * `{"B":null}` in its place. `ttl` in seconds; `sum` is the CRC-32 of everything else: SQLite itself does not notice a bit
 * that has changed on the disk.
 */
export interface Row {
  readonly network: string
  readonly key: string
  readonly ttl: number | null
  readonly sum: number
  readonly attributes: string
  readonly bytes: Uint8Array | null
}

/** The one table. What expires and the sums stand before what is long. */
export const tableSql = `CREATE TABLE items (
  network TEXT NOT NULL, key TEXT NOT NULL, ttl INTEGER, sum INTEGER NOT NULL, attributes TEXT NOT NULL, bytes BLOB,
  PRIMARY KEY (network, key)
) WITHOUT ROWID`

const columnNames = ['network', 'key', 'ttl', 'sum', 'attributes', 'bytes'] as const

/**
 * What a statement selects of a row. Texts come as bytes: the driver ends the process where one is not UTF-8, and in a
 * damaged database any column may be anything.
 */
export const selected = columnNames
  .map(name => `CAST(${name} AS ${name === 'ttl' || name === 'sum' ? 'INTEGER' : 'BLOB'}) AS ${name}Read`)
  .join(', ')

/** Puts a row in the place of what stood under its key; the values are those of `valuesOf`. */
export const putSql = `INSERT OR REPLACE INTO items (${columnNames.join(', ')}) VALUES (?, ?, ?, ?, ?, ?)`

/** A row's values in the order of `columnNames`. */
export function valuesOf({ network, key, ttl, sum, attributes, bytes }: Row): Value[] {
  return [network, key, ttl, sum, attributes, bytes]
}

/** An item as a row of a network; its own keys, if it has them, are left out. */
export function rowOf(network: string, key: string, { pk: _pk, sk: _sk, ...item }: Item): Row {
  const longest = longestBytes(item)
  const bytes = longest === null ? null : (item[longest]?.B as Uint8Array)
  const asText = ([name, value]: [string, Attribute]) => [name, name === longest ? { B: null } : asJson(value)]
  const attributes = JSON.stringify(Object.fromEntries(Object.entries(item).map(asText)))
  const seconds = Number(item.ttl?.N ?? Number.NaN)
  const ttl = Number.isSafeInteger(seconds) ? seconds : null
  return { network, key, ttl, sum: sumOf({ network, key, ttl, attributes, bytes }), attributes, bytes }
}

/** The row that a statement (`selected`) gave; null where a bit of it has changed since it was written. */
export function soundRow(columns: Columns): Row | null {
  const { ttlRead: ttl, sumRead: sum } = columns
  if (!(ttl === null || typeof ttl === 'number') || typeof sum !== 'number') return null
  const [network, key, attributes] = [networkIn(columns), keyIn(columns), textOf(columns.attributesRead)]
  const row = { network, key, ttl, sum, attributes, bytes: bytesOf(columns.bytesRead) }
  return sumOf(row) === sum ? row : null
}

/**
 * The item in what a statement gave. One that is damaged keeps its key and what is left of it, under a name that nobody
 * can read, so that it is reported and set aside like every unreadable item (behaviour §8.5).
 */
export function itemOf(columns: Columns): Item {
  const row = soundRow(columns)
  const keys = { pk: { S: `NETWORK#${networkIn(columns)}` }, sk: { S: keyIn(columns) } }
  if (row === null) {
    const bytes = bytesOf(columns.bytesRead)
    const rest = { damaged: { S: textOf(columns.attributesRead) || 'everything' } }
    return { ...keys, ...rest, ...(bytes ? { damagedBytes: { B: bytes } } : {}) }
  }
  const item: Record<string, Attribute> = { ...keys }
  let bytes = row.bytes
  for (const [name, value] of Object.entries(JSON.parse(row.attributes) as Record<string, Attribute>)) {
    const isBytes = bytes !== null && (value as { B?: unknown }).B === null
    item[name] = isBytes ? { B: bytes as Uint8Array } : fromJson(value)
    if (isBytes) bytes = null
  }
  // Rows of an earlier version do not say of which attribute the bytes are: of this one.
  return bytes === null ? item : { ...item, d: { B: bytes } }
}

/** The name of the attribute with the most bytes; null where none has bytes. */
function longestBytes(item: Item): string | null {
  const binary = Object.entries(item).filter(([, { B }]) => B instanceof Uint8Array)
  const [longest] = binary.sort(([, a], [, b]) => Number(b.B?.length) - Number(a.B?.length))
  return longest?.[0] ?? null
}

/** The network that a row says it is of, and its key there, whatever became of them. */
export const networkIn = (columns: Columns): string => textOf(columns.networkRead)
export const keyIn = (columns: Columns): string => textOf(columns.keyRead)

function textOf(column: unknown): string {
  return Buffer.from(bytesOf(column) ?? []).toString()
}

function sumOf({ network, key, ttl, attributes, bytes }: Omit<Row, 'sum'>): number {
  const head = crc32(JSON.stringify([network, key, ttl, attributes]))
  return bytes === null ? head : crc32(bytes, head)
}

/** Bytes as the driver gives them; null where there are none. */
export function bytesOf(column: unknown): Uint8Array | null {
  if (column instanceof ArrayBuffer) return new Uint8Array(column)
  return column instanceof Uint8Array ? column : null
}

function asJson(value: Attribute): object {
  return value.B instanceof Uint8Array ? { B: Buffer.from(value.B).toString('base64') } : value
}

function fromJson(value: Attribute): Attribute {
  const { B } = value as { B?: unknown }
  return typeof B === 'string' ? { B: Buffer.from(B, 'base64') } : value
}
