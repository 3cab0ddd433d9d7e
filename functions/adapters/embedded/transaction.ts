import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Connection, isBusy } from './connection.ts'

/** How long another process may keep the database to itself before an operation fails: milliseconds. */
const patienceMs = 10_000
const pauseMs = 12

/** Does something, again and again while another process is at work in the database; this one goes on meanwhile. */
export async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw error
    }
    await pause(randomInt(1, pauseMs))
  }
}

/** Does something in one transaction: all of it is on the disk when this returns, or none of it. Throws where it is busy. */
export function atOnce<T>(connection: Connection, work: () => T, kind: 'IMMEDIATE' | 'EXCLUSIVE' = 'IMMEDIATE'): T {
  connection.exec(`BEGIN ${kind}`)
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(connection)
    throw error
  }
}

function rollBack(connection: Connection): void {
  try {
    connection.exec('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself; the first error is the one to tell.
  }
}
