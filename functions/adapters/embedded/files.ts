import { lstatSync, readdirSync, renameSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from '../files/whole-file.ts'

/** Where the embedded store of a folder has its files. */
export interface StorePaths {
  readonly folder: string
  readonly database: string
  /** A database while it is made; it gets its name in one step. */
  readonly unfinished: string
  /** There from the first database on, so that a missing one is noticed. */
  readonly made: string
  /** Locked, by the kernel, while a database is made, replaced or taken over; nobody else needs it. */
  readonly lock: string
  /** The store of earlier versions; it gets another name when it is taken over. */
  readonly former: string
  readonly bucket: string
}

/** The paths of the store in a folder. */
export function storePaths(folder: string): StorePaths {
  return {
    folder,
    database: join(folder, 'state.sqlite'),
    unfinished: join(folder, 'state.unfinished'),
    made: join(folder, 'state.made'),
    lock: join(folder, 'state.lock'),
    former: join(folder, 'table'),
    bucket: join(folder, 'bucket'),
  }
}

/** What SQLite may keep beside a database. */
export const sideFiles = ['-journal', '-wal', '-shm'] as const

/** The entry itself, links not followed; null where there is none. */
export function entryAt(path: string): Stats | null {
  return orNull(() => lstatSync(path))
}

/** What is there in the end, links followed; null where there is nothing, or a link leads nowhere or in a circle. */
export function targetAt(path: string): Stats | null {
  return orNull(() => statSync(path))
}

function orNull(look: () => Stats): Stats | null {
  try {
    return look()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(codeOf(error)))) return null
    throw error
  }
}

/** Whether a store was ever in use in this folder, as far as its other files tell. */
export function wasInUse({ folder, made, bucket }: StorePaths): boolean {
  if (entryAt(made) !== null) return true
  if (namesIn(folder).some(name => name.startsWith(asidePrefix))) return true
  return namesIn(bucket).some(name => ['zones', 'live'].includes(name))
}

/** Whether anything is stored in this folder: a database, the store of an earlier version, or traces of one. */
export function isStored(folder: string): boolean {
  const paths = storePaths(folder)
  return entryAt(paths.database) !== null || entryAt(paths.former) !== null || wasInUse(paths)
}

const asidePrefix = 'state.damaged-'

/** A name for what is set aside, which nothing has yet. `now`: milliseconds. */
export function asideName({ folder }: StorePaths, now: number): string {
  return freeName(join(folder, `${asidePrefix}${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`))
}

/** The name, or the first with a number behind it that nothing has yet. */
export function freeName(stem: string): string {
  for (let at = 1; ; at++) {
    const path = at === 1 ? stem : `${stem}-${at}`
    if (entryAt(path) === null) return path
  }
}

/** Moves an entry where it is in nobody's way; it may be gone already. */
export function moveAside(path: string, aside: string): void {
  try {
    renameSync(path, aside)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(codeOf(error)))) return []
    throw error
  }
}
