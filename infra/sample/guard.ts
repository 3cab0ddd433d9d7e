import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Level } from 'level'
import { makeFolder } from '../../functions/adapters/files/make-folder.ts'

/** Another process has the folder; until when (milliseconds), as far as it said. */
export interface Taken {
  readonly taken: true
  readonly until: number | null
}

export interface Guard {
  readonly taken: false
  readonly release: () => Promise<void>
}

/**
 * Takes a folder for this process. The guard is a database of its own, whose lock the kernel frees even when the process
 * is killed; so nobody else opens the table, and dynalite cannot meet a lock and die of it.
 */
export async function takeGuard(folder: string, holdSeconds: number): Promise<Guard | Taken> {
  const path = join(folder, 'guard')
  await makeFolder(path)
  const database = new Level(path)
  try {
    await database.open()
  } catch (error) {
    await database.close().catch(() => {
      // It never opened.
    })
    if (isLocked(error)) return { taken: true, until: await readUntil(folder) }
    throw new Error(`${path} cannot be opened: ${rootMessage(error)}`, { cause: error })
  }
  await writeFile(join(folder, 'guard.until'), String(Date.now() + holdSeconds * 1000))
  return { taken: false, release: () => database.close() }
}

/** Whether opening failed because another process (or this one) has the database. */
function isLocked(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ((at as NodeJS.ErrnoException).code === 'LEVEL_LOCKED') return true
  }
  return false
}

async function readUntil(folder: string): Promise<number | null> {
  try {
    const until = Number(await readFile(join(folder, 'guard.until'), 'utf8'))
    return Number.isSafeInteger(until) && until > 0 ? until : null
  } catch {
    return null
  }
}

/** The message of the innermost cause, on one line. */
export function rootMessage(error: unknown): string {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  return at instanceof Error ? at.message : String(at)
}
