import Database from 'libsql'
import type { Connection } from '../../../functions/adapters/embedded/connection.ts'
import { embeddedRows } from '../../../functions/adapters/embedded/embedded-rows.ts'
import { makeForm } from '../../../functions/adapters/embedded/form.ts'
import { itemOf, putSql, rowOf, selected, valuesOf } from '../../../functions/adapters/embedded/row.ts'
import type { Rows, RowsOf } from '../../../functions/adapters/table/rows.ts'
import { TableUnavailable } from '../../../functions/cycle/ports/errors.ts'
import type { TableCaller, TableWrite } from './dynamodb/client.ts'
import type { Item } from './dynamodb/expression.ts'
import type { Store } from './dynamodb/store.ts'
import { drawFault } from './faults.ts'
import type { Service } from './service.ts'

/** The embedded store of a world: a real database in memory, and the face that those who look on know. */
export interface EmbeddedStore extends Store {
  readonly connection: Connection
}

const partition = 'NETWORK#'

/** An empty embedded store. */
export function createEmbeddedStore(): EmbeddedStore {
  const connection = new Database(':memory:') as Connection
  makeForm(connection)
  const select = (where: string, ...values: string[]) =>
    connection
      .prepare(`SELECT ${selected} FROM items WHERE network <> '' ${where} ORDER BY network, key`)
      .all(...values)
      .map(itemOf) as Item[]
  const keysOf = ({ pk, sk }: Item) => [String(pk?.S).slice(partition.length), String(sk?.S)] as const
  const remove = (key: Item) =>
    void connection.prepare('DELETE FROM items WHERE network = ? AND key = ?').run(...keysOf(key))
  const items = () => select('')
  const none = () => {
    throw new Error('the embedded store takes no requests')
  }
  return {
    ...{ connection, items, delete: remove, update: none },
    query: ({ partition: pk, prefix, isForward, limit, after }) => {
      const found = select('AND network = ? AND key BETWEEN ? AND ?', pk.slice(partition.length), prefix, `${prefix}~`)
      const ordered = isForward ? found : found.reverse()
      const rest = ordered.slice(after === undefined ? 0 : ordered.findIndex(({ sk }) => sk?.S === after) + 1)
      return { items: rest.slice(0, limit), last: rest.length > limit ? rest[limit - 1] : undefined }
    },
    get: key => select('AND network = ? AND key = ?', ...keysOf(key))[0],
    put: item => void connection.prepare(putSql).run(...valuesOf(rowOf(...keysOf(item), item as never))),
    expire: (now, isTaken) => {
      for (const item of items()) {
        if (Number(item.ttl?.N ?? Number.POSITIVE_INFINITY) * 1000 <= now && isTaken()) remove(item)
      }
    },
    changes: () => Number(Object.values(connection.prepare('SELECT total_changes() AS n').all()[0] ?? {})[0]),
  }
}

/**
 * The real adapter over a world's embedded store, as a run has it. A fault is a disk that is full or busy: nothing is
 * done. A run may be killed before and after each operation; what it had left to do is not done.
 */
export function embeddedRowsIn(store: EmbeddedStore, service: Service, caller: TableCaller): RowsOf {
  const { connection } = store
  const open = { path: 'memory', connection, identity: null, notices: [], close: async () => {} }
  const rowsOf = embeddedRows(open, service.time.now)
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const process = caller.process()
    await process.leave()
    await service.time.sleep(service.random.between(1, 20))
    await process.arrive()
    const fault = drawFault(service.plan, service.random)
    if (fault !== null) {
      service.told(fault)
      process.faults++
      throw new TableUnavailable('no space is left on the disk')
    }
    const result = await work()
    await process.arrive()
    return result
  }
  return (network, check = () => {}): Rows => {
    const write = (told: TableWrite) => (rows: (checked: Rows) => Promise<unknown>) =>
      step(async () => {
        const looking = () => {
          check()
          caller.writing(told)
        }
        const result = await rows(rowsOf(network, looking))
        caller.written(told)
        return result
      })
    const telling = (kind: TableWrite['kind'], key: string, content: object) =>
      write({ kind, key, content: content as Item, expression: '' })
    const real = rowsOf(network)
    return {
      get: sk => step(() => real.get(sk)),
      list: (prefix, limit, span) => step(() => real.list(prefix, limit, span)),
      notices: () => real.notices(),
      put: async (sk, item) => void (await telling('put', sk, { ...item, sk: { S: sk } })(rows => rows.put(sk, item))),
      delete: async sk => void (await telling('delete', sk, {})(rows => rows.delete(sk))),
      update: async (sk, update) =>
        (await telling('update', sk, update.set)(rows => rows.update(sk, update))) as Awaited<
          ReturnType<Rows['update']>
        >,
    }
  }
}
