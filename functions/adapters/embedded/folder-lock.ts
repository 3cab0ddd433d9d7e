import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, isBusy } from './connection.ts'

const lookAgainMs = 100

/**
 * Keeps other processes of this machine out of a folder that is there; the answer lets them in again. The lock is the
 * system's own: a process that is killed holds it no more. Null where it is still held after this many milliseconds.
 */
export async function lockFolder(folder: string, waitMs: number): Promise<(() => void) | null> {
  const connection = await connect(join(folder, 'lock'))
  for (let waited = 0; ; waited += lookAgainMs) {
    try {
      connection.exec('BEGIN EXCLUSIVE')
      return () => connection.close()
    } catch (error) {
      if (isBusy(error) && waited < waitMs) await sleep(lookAgainMs)
      else {
        connection.close()
        if (isBusy(error)) return null
        throw error
      }
    }
  }
}
