import { join } from 'node:path'
import { codeOf } from '../files/whole-file.ts'
import { type Connection, connect, isBusy } from './connection.ts'
import { entryAt, type StorePaths, targetAt } from './files.ts'
import { makeForm } from './form.ts'
import { type Found, inspect } from './inspect.ts'
import { type Contents, contentsFor } from './make.ts'
import { putSql, valuesOf } from './row.ts'
import { copyDatabase, newSnapshot } from './snapshot.ts'
import type { Store } from './store.ts'
import { strayNotices } from './tend.ts'
import { patiently } from './transaction.ts'

const maxSnapshots = 5

/**
 * Opens the database of a folder to read it, beside any number of processes that work with it; nothing is written there
 * and nothing is left behind. What is damaged, missing or of an earlier version is read into memory as far as it can be.
 */
export async function openForLook(paths: StorePaths): Promise<Store> {
  const found = await inspectedInPlace(paths)
  if (found === 'unfinished') return openSnapshot(paths)
  if (found.state !== 'sound') return openRemains(paths, found)
  const { connection, identity } = found
  const notices = await patiently(() => strayNotices(connection))
  return { path: paths.database, connection, identity, notices, close: async () => connection.close() }
}

/** `unfinished`: a process was killed in a transaction, or something strange lies beside; to settle that means to write. */
async function inspectedInPlace(paths: StorePaths): Promise<Found | 'unfinished'> {
  const journal = () => entryAt(`${paths.database}-journal`)
  // Nor is a log of another kind ours: SQLite would take it for one, and write.
  const isStrange = ['-wal', '-shm'].some(end => entryAt(paths.database + end) !== null)
  if ((isStrange || journal()?.isFile() === false) && entryAt(paths.database) !== null) return 'unfinished'
  try {
    return await inspect(paths, 'ro')
  } catch (error) {
    if (journal() !== null && !isBusy(error) && codeOf(error) !== 'EACCES') return 'unfinished'
    throw error
  }
}

async function openSnapshot(paths: StorePaths): Promise<Store> {
  const snapshot = newSnapshot()
  try {
    for (let attempt = 1; ; attempt++) {
      const copy = targetAt(paths.database)?.isFile() ? copyDatabase(paths, snapshot) : paths.database
      const found = await inspect({ ...paths, database: copy }, 'rw')
      if (found.state === 'sound') {
        const { connection } = found
        const close = async () => {
          connection.close()
          snapshot.remove()
        }
        return { path: paths.database, connection, identity: null, notices: strayNotices(connection), close }
      }
      // A copy that was taken while another process wrote is not whole; the next one will be.
      if (attempt === maxSnapshots) return await openRemains(paths, found)
    }
  } catch (error) {
    snapshot.remove()
    throw error
  }
}

async function openRemains(paths: StorePaths, found: Found): Promise<Store> {
  const snapshot = newSnapshot()
  try {
    const how = { aside: null, wasThere: false, scratch: join(snapshot.folder, 'copy') }
    const contents = await contentsFor(paths, found, how)
    const connection = await inMemory(contents)
    const { notices } = contents
    return { path: paths.database, connection, identity: null, notices, close: async () => connection.close() }
  } finally {
    snapshot.remove()
  }
}

async function inMemory({ rows }: Contents): Promise<Connection> {
  const connection = await connect(null)
  makeForm(connection)
  const put = connection.prepare(putSql)
  for (const row of rows) put.run(...valuesOf(row))
  return connection
}
