import { writeFileSync } from 'node:fs'
import { makeFolder } from '../files/make-folder.ts'
import { connect } from './connection.ts'
import { asideName, entryAt, moveAside, type StorePaths, sideFiles } from './files.ts'
import { type Found, inspect } from './inspect.ts'
import { makeDatabase } from './make.ts'
import type { Store } from './store.ts'
import { tend } from './tend.ts'
import { patiently } from './transaction.ts'

/** Another process may replace what has just been made; one of them gets through. */
const maxAttempts = 3

/**
 * Opens the database of a folder to work with; makes folder and database if need be, sets a damaged one aside, and takes
 * over the store of an earlier version. `wasThere`: this process has had one open here before. `now`: milliseconds.
 */
export async function openForWork(paths: StorePaths, now: number, wasThere: boolean): Promise<Store> {
  await makeFolder(paths.folder)
  for (let attempt = 1; ; attempt++) {
    clearWay(paths, now)
    const found = await inspect(paths, 'rw')
    if (found.state === 'sound') return prepared(paths, found, now)
    if (attempt > maxAttempts) throw new Error(`${paths.database} cannot be made: another process is in the way`)
    await underLock(paths, now, async () => {
      const again = await inspect(paths, 'rw')
      if (again.state === 'sound') again.connection.close()
      else await makeDatabase(paths, again, now, wasThere)
    })
  }
}

async function prepared(
  paths: StorePaths,
  { connection, identity }: Extract<Found, { state: 'sound' }>,
  now: number,
): Promise<Store> {
  if (entryAt(paths.made) === null) writeFileSync(paths.made, '')
  try {
    await tend(connection, now)
    return { path: paths.database, connection, identity, notices: [], close: async () => connection.close() }
  } catch (error) {
    connection.close()
    throw error
  }
}

/** SQLite cannot open a database next to something other than a file; nor is a log of another kind ours. */
function clearWay(paths: StorePaths, now: number): void {
  for (const file of sideFiles) {
    const entry = entryAt(paths.database + file)
    if (entry !== null && (file !== '-journal' || !entry.isFile())) {
      moveAside(paths.database + file, asideName(paths, now) + file)
    }
  }
}

/** Works while no other process makes or replaces the database; the kernel frees the lock of a process that dies. */
async function underLock(paths: StorePaths, now: number, work: () => Promise<void>): Promise<void> {
  const entry = entryAt(paths.lock)
  if (entry !== null && (!entry.isFile() || entry.size > 0)) moveAside(paths.lock, asideName(paths, now))
  const lock = await connect(paths.lock)
  try {
    await patiently(() => lock.exec('BEGIN EXCLUSIVE'))
    await work()
  } finally {
    lock.close()
  }
}
