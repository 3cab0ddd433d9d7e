import { LeaseLost, TableUnavailable } from '../../cycle/ports/errors.ts'
import { afterAll, type Item, type Rows, type RowsOf, type Span, type Update } from '../table/rows.ts'
import { type Connection, isDatabaseError, type Value } from './connection.ts'
import { noticesIn } from './form.ts'
import { holds, updated } from './interpret.ts'
import { itemOf, putSql, rowOf, selected, valuesOf } from './row.ts'
import type { Store } from './store.ts'
import { patiently } from './transaction.ts'
import { explainStore } from './trouble.ts'
import { createWriter } from './writer.ts'

/** The rows of every network in an open database. `clock`: milliseconds. */
export function embeddedRows(store: Store, clock: () => number = Date.now): RowsOf {
  const { connection } = store
  const write = createWriter(store)
  const ask = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof LeaseLost || error instanceof TableUnavailable) throw error
      throw isDatabaseError(error) ? new TableUnavailable(explainStore(error, store.path), { cause: error }) : error
    }
  }
  return (network, check = () => {}): Rows => ({
    get: sk => ask(() => patiently(() => getItem(connection, network, sk))),
    put: (sk, item) => ask(() => write(check, () => putItem(connection, network, sk, item))),
    delete: sk => ask(() => write(check, () => deleteItem(connection, network, sk))),
    list: (prefix, limit, span) => ask(() => patiently(() => listItems(connection, network, { prefix, limit, span }))),
    update: (sk, update) => ask(() => write(check, () => updateItem(connection, network, sk, update))),
    notices: () => ask(() => patiently(() => [...store.notices, ...noticesIn(connection, clock())])),
  })
}

function getItem(connection: Connection, network: string, sk: string): Item | null {
  const [columns] = connection.prepare(`SELECT ${selected} FROM items WHERE network = ? AND key = ?`).all(network, sk)
  return columns === undefined ? null : itemOf(columns)
}

function putItem(connection: Connection, network: string, sk: string, item: Item): void {
  connection.prepare(putSql).run(...valuesOf(rowOf(network, sk, item)))
}

function deleteItem(connection: Connection, network: string, sk: string): void {
  connection.prepare('DELETE FROM items WHERE network = ? AND key = ?').run(network, sk)
}

function updateItem(connection: Connection, network: string, sk: string, update: Update): Item | null {
  const old = getItem(connection, network, sk)
  if (!holds(update.when, old)) return null
  const keys = { pk: { S: `NETWORK#${network}` }, sk: { S: sk } }
  const fresh = { ...updated(old, update), ...keys }
  putItem(connection, network, sk, fresh)
  return fresh
}

interface Wanted {
  readonly prefix: string
  readonly limit: number | undefined
  readonly span: Span | undefined
}

/** After every key that begins with a prefix. */
const endOfPrefix = '\u{10ffff}'

function listItems(connection: Connection, network: string, { prefix, limit, span = {} }: Wanted): Item[] {
  const isWhole = span.from === undefined && span.to === undefined
  const { from = prefix, to = prefix + (isWhole ? endOfPrefix : afterAll) } = span
  const order = limit === undefined ? '' : 'DESC LIMIT ?'
  const values: Value[] = [network, from, to, ...(limit === undefined ? [] : [limit])]
  const sql = `SELECT ${selected} FROM items WHERE network = ? AND key BETWEEN ? AND ? ORDER BY key ${order}`
  return connection
    .prepare(sql)
    .all(...values)
    .map(itemOf)
}
