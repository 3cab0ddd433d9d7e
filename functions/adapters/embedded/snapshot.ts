import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../files/whole-file.ts'
import { entryAt, type StorePaths } from './files.ts'

const prefix = 'edgemanage-look-'

/** A folder of this process alone, for what cannot be read where it is. */
export interface Snapshot {
  readonly folder: string
  readonly remove: () => void
}

/** Makes such a folder, and removes those of processes that were killed. */
export function newSnapshot(): Snapshot {
  sweep()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A copy of the database, with the journal of a transaction that nobody ended; SQLite takes it back there. */
export function copyDatabase({ database }: StorePaths, { folder }: Snapshot): string {
  const copy = join(folder, 'state.sqlite')
  copyFileSync(database, copy)
  if (entryAt(`${database}-journal`)?.isFile()) copyFileSync(`${database}-journal`, `${copy}-journal`)
  return copy
}

function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter(one => one.startsWith(prefix))) {
    if (isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Another user's, who removes it with the next look.
    }
  }
}
