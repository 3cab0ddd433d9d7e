import { codeOf } from '../files/whole-file.ts'

/** A value in a column. */
export type Value = string | number | Uint8Array | null

/** What a statement gave for a row, by column; a damaged database may give anything. */
export type Columns = Record<string, unknown>

/** The part of libsql that is used here. Everything is done when a call returns; what fails throws `SqliteError`. */
export interface Connection {
  exec(sql: string): void
  prepare(sql: string): {
    run(...values: Value[]): unknown
    all(...values: Value[]): Columns[]
  }
  close(): void
}

/** How a file is opened: to read and write what is there, to read it only, or made if need be. */
export type Mode = 'rw' | 'ro' | 'rwc'

/** Connects to a database file, or to one in memory (null). Loads the driver at the first call. */
export async function connect(path: string | null, mode: Mode = 'rwc'): Promise<Connection> {
  const { default: Database } = await import('libsql')
  const connection = new Database(path === null ? ':memory:' : uriOf(path, mode)) as Connection
  // Another process is done in milliseconds; one that takes longer is waited for without blocking this one.
  connection.exec('PRAGMA busy_timeout = 20')
  return connection
}

function uriOf(path: string, mode: Mode): string {
  const escaped = path.replace(/[%?#]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
  return `file:${escaped}?mode=${mode}`
}

/** Failures that say nothing about the content of a file: it is in use, or disk, memory or rights are short. */
const notDamage = new Set([
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_NOMEM', 'SQLITE_PERM'],
  ...['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_AUTH', 'SQLITE_INTERRUPT', 'SQLITE_MISUSE', 'SQLITE_NOLFS'],
])

/** SQLITE_IOERR_SHORT_READ: the file ends where a page should go on. */
const shortRead = 522

/** Whether the error means that another process is at work in the database at this moment. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_BUSY' || codeOf(error) === 'SQLITE_LOCKED'
}

/** Whether the error means that the file is not the database that it should be. */
export function isDamage(error: unknown): boolean {
  const code = codeOf(error)
  if (!code?.startsWith('SQLITE_')) return false
  return (error as { rawCode?: number }).rawCode === shortRead || ![...notDamage].some(one => code.startsWith(one))
}

/** Whether the error comes from the database, and not from what was done in its transaction. */
export function isDatabaseError(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_') ?? false
}
