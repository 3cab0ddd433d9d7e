import { accessSync, constants, statSync } from 'node:fs'
import { type Connection, connect, isDamage, type Mode } from './connection.ts'
import { entryAt, type StorePaths, targetAt } from './files.ts'
import { firstPageFault } from './first-page.ts'
import { examine, type Finding } from './form.ts'
import { patiently } from './transaction.ts'

/** Which file a path names: another one in its place is told from it. */
export interface Identity {
  readonly dev: number
  readonly ino: number
}

/** What was found in the place of the database. `connection` is open where it can be used. */
export type Found =
  | { readonly state: 'sound'; readonly connection: Connection; readonly identity: Identity }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged'; readonly why: string }

/** Connects to the database of a folder if it is one. Throws where that cannot be told: no right, no memory, no answer. */
export async function inspect({ database }: StorePaths, mode: Mode): Promise<Found> {
  if (entryAt(database) === null) return { state: 'absent' }
  const target = targetAt(database)
  if (target === null) return { state: 'damaged', why: 'it is a symbolic link that leads nowhere' }
  if (!target.isFile()) return { state: 'damaged', why: 'it is not a file' }
  if (target.size === 0) return { state: 'damaged', why: 'it is empty' }
  accessSync(database, mode === 'ro' ? constants.R_OK : constants.R_OK | constants.W_OK)
  const fault = firstPageFault(database)
  if (fault !== null) return { state: 'damaged', why: fault }
  let connection: Connection | null = null
  try {
    const opened = await connect(database, mode)
    connection = opened
    const finding = await patiently(() => settle(opened, database, mode))
    if (finding.state === 'newer')
      throw new Error(`${database} was made by a later version of edgemanage: use that one`)
    if (finding.state === 'sound') return { ...finding, connection, identity: { dev: target.dev, ino: target.ino } }
    connection.close()
    return finding
  } catch (error) {
    connection?.close()
    if (!isDamage(error)) throw error
    return { state: 'damaged', why: error instanceof Error ? error.message : String(error) }
  }
}

function settle(connection: Connection, database: string, mode: Mode): Finding {
  // EXTRA: a commit is on the disk for good when it returns, the removal of its journal included.
  if (mode !== 'ro') connection.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA')
  const stamp = stampOf(database)
  if (stamp !== null && stamp === lookedOver.get(database)) return { state: 'sound' }
  const finding = examine(connection)
  if (finding.state === 'sound' && stamp !== null) lookedOver.set(database, stamp)
  return finding
}

/**
 * By path: databases that this process has looked over, as they were then. A command opens its database more than once, and
 * reads it as a whole for that only where it has changed.
 */
const lookedOver = new Map<string, string>()

/** What changes later than this before a look may not change the stamp: file systems count in ticks. Milliseconds. */
const tickMs = 100

/** What tells a file from what it was before; null where that cannot be told yet, or a transaction is under way. */
function stampOf(database: string): string | null {
  if (entryAt(`${database}-journal`) !== null) return null
  const stats = statSync(database, { bigint: true, throwIfNoEntry: false })
  if (stats === undefined || Math.abs(Date.now() - Number(stats.ctimeMs)) < tickMs) return null
  const { dev, ino, size, mtimeNs, ctimeNs } = stats
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ')
}

/** Whether the path still names this very file. */
export function isStill(path: string, { dev, ino }: Identity): boolean {
  const now = targetAt(path)
  return now !== null && now.dev === dev && now.ino === ino
}
