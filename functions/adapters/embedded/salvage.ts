import { closeSync, copyFileSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { type Columns, type Connection, connect, type Mode } from './connection.ts'
import { makeForm, ownNetwork } from './form.ts'
import { columnNames, itemOf, type Row, rowOf, soundRow, textOf } from './row.ts'

const pageBytes = 4096

/** By network and key: what could be read. */
type Saved = Map<string, Row>

/**
 * Every item that can still be read of a damaged database, whole ones as they are and damaged ones as such. `aside`: where
 * a copy may be worked on; it is removed. Never throws for what the file holds.
 */
export async function salvage(database: string, aside: string): Promise<Row[]> {
  const saved: Saved = new Map()
  try {
    await readInto(saved, database, 'ro')
    copyFileSync(database, aside)
    // The pages may be whole where only the first one, which says where they are, is not.
    await renewFirstPage(aside)
    await readInto(saved, aside, 'rw')
  } catch {
    // What is no file at all holds nothing.
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
    `SELECT ${columnNames} FROM items WHERE (network, key) ${sign} (?, ?) ORDER BY network ${order}, key ${order} LIMIT 1`,
  )
  let [network, key] = order === 'ASC' ? ['', ''] : ['\u{10ffff}', '']
  const seen = new Set<string>()
  for (;;) {
    const columns = rowAt(() => next.all(network, key)[0])
    if (columns === undefined) return
    network = textOf(columns.network)
    key = textOf(columns.key)
    const id = JSON.stringify([network, key])
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
  saved.set(id, whole ?? rowOf(textOf(columns.network), textOf(columns.key), itemOf(columns)))
}

/** Gives a file the first page of a new database: all of them have the same one, but for the number of pages. */
async function renewFirstPage(path: string): Promise<void> {
  const model = `${path}-model`
  rmSync(model, { force: true })
  const connection = await connect(model, 'rwc')
  makeForm(connection)
  connection.close()
  const [file, whole] = [openSync(path, 'r+'), openSync(model, 'r')]
  try {
    const page = Buffer.alloc(pageBytes)
    readSync(whole, page, 0, pageBytes, 0)
    // The number of pages counts as unknown where these two differ (SQLite's file format, 1.3.7).
    page.writeUInt32BE(page.readUInt32BE(24) + 1, 24)
    writeSync(file, page, 0, pageBytes, 0)
  } finally {
    closeSync(file)
    closeSync(whole)
    rmSync(model, { force: true })
  }
}
