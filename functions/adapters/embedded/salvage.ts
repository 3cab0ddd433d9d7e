import { closeSync, copyFileSync, openSync, rmSync, writeSync } from 'node:fs'
import { type Columns, type Connection, connect, type Mode, type Value } from './connection.ts'
import { firstPageFault, modelPage, pageBytes } from './first-page.ts'
import { ownNetwork } from './form.ts'
import { bytesOf, itemOf, keyIn, networkIn, type Row, rowOf, selected, soundRow } from './row.ts'

/** By network and key: what could be read. */
type Saved = Map<string, Row>

/**
 * Every item that can still be read of a damaged database, whole ones as they are and damaged ones as such. `aside`: where
 * a copy may be worked on; it is removed. Never throws for what the file holds.
 */
export async function salvage(database: string, aside: string): Promise<Row[]> {
  const saved: Saved = new Map()
  try {
    // Names in a first page that is damaged may end the process.
    if (firstPageFault(database) === null) await readInto(saved, database, 'ro')
    copyFileSync(database, aside)
    // The pages may be whole where only the first one, which says where they are, is not.
    await renewFirstPage(aside)
    await readInto(saved, aside, 'rw')
  } catch {
    // What is not a file at all holds nothing.
  } finally {
    rmSync(aside, { force: true })
  }
  return [...saved.values()].filter(({ network }) => network !== ownNetwork)
}

/** Reads from both ends: what is damaged in between is all that is lost. */
async function readInto(saved: Saved, path: string, mode: Mode): Promise<void> {
  let connection: Connection | null = null
  try {
    connection = await connect(path, mode)
    for (const order of ['ASC', 'DESC'] as const) keepAll(saved, connection, order)
  } catch {
    // It does not open: nothing to read this way.
  }
  connection?.close()
}

function keepAll(saved: Saved, connection: Connection, order: 'ASC' | 'DESC'): void {
  const sign = order === 'ASC' ? '>' : '<'
  const next = connection.prepare(
    `SELECT ${selected} FROM items WHERE (network, key) ${sign} (CAST(? AS TEXT), CAST(? AS TEXT)) ORDER BY network ${order}, key ${order} LIMIT 1`,
  )
  let [network, key]: [Value, Value] = [Buffer.from(order === 'ASC' ? [] : [255]), Buffer.alloc(0)]
  const seen = new Set<string>()
  for (;;) {
    const columns = rowAt(() => next.all(network, key)[0])
    if (columns === undefined) return
    network = bytesOf(columns.networkRead)
    key = bytesOf(columns.keyRead)
    const id = JSON.stringify([networkIn(columns), keyIn(columns)])
    if (seen.has(id)) return
    seen.add(id)
    keep(saved, id, columns)
  }
}

function rowAt(read: () => Columns | undefined): Columns | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** A whole item is worth more than a damaged one of the same key. */
function keep(saved: Saved, id: string, columns: Columns): void {
  const whole = soundRow(columns)
  if (whole === null && saved.has(id)) return
  saved.set(id, whole ?? rowOf(networkIn(columns), keyIn(columns), itemOf(columns)))
}

/** Gives a file the first page of a new database: all of them have the same one, but for the number of pages. */
async function renewFirstPage(path: string): Promise<void> {
  const page = await modelPage(`${path}-model`)
  // The number of pages counts as unknown where these two differ (SQLite's file format, 1.3.7).
  page.writeUInt32BE(page.readUInt32BE(24) + 1, 24)
  const file = openSync(path, 'r+')
  try {
    writeSync(file, page, 0, pageBytes, 0)
  } finally {
    closeSync(file)
  }
}
