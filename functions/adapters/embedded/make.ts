import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from './connection.ts'
import { asideName, entryAt, freeName, moveAside, type StorePaths, sideFiles, targetAt, wasInUse } from './files.ts'
import { makeForm, noticeRow } from './form.ts'
import { readFormer } from './former-table.ts'
import type { Found } from './inspect.ts'
import { putSql, type Row, valuesOf } from './row.ts'
import { salvage } from './salvage.ts'
import { atOnce } from './transaction.ts'

/** What a database begins with. */
export interface Contents {
  readonly rows: readonly Row[]
  readonly notices: readonly string[]
}

const whatIsLost =
  'live set and serials are read back from what is published; orders, freezes and samples that are missing are lost: see "edgemanage query", and give the orders again'

/**
 * Makes the database of a folder in which there is none to work with, from the store of an earlier version or what is
 * left of a damaged one, and gives it its name in one step. The caller holds the lock. `wasThere`: this process knows
 * that there was one.
 */
export async function makeDatabase(paths: StorePaths, found: Found, now: number, wasThere: boolean): Promise<void> {
  const aside = asideName(paths, now)
  const contents = await contentsFor(paths, found, { aside, wasThere, scratch: `${paths.unfinished}-copy` })
  await writeDatabase(paths.unfinished, contents, now)
  setAside(paths, aside)
  renameSync(paths.unfinished, paths.database)
  if (entryAt(paths.made) === null) writeFileSync(paths.made, '')
  syncFolder(paths.folder)
  if (found.state === 'absent') moveAside(paths.former, freeName(`${paths.former}.taken-over`))
}

/** What there is to begin with. `aside`: where a damaged database goes; `scratch`: where a copy may be worked on. */
export async function contentsFor(
  paths: StorePaths,
  found: Found,
  { aside, wasThere, scratch }: { readonly aside: string | null; readonly wasThere: boolean; readonly scratch: string },
): Promise<Contents> {
  if (found.state === 'damaged') {
    const rows = targetAt(paths.database)?.isFile() ? await salvage(paths.database, scratch) : []
    const kept = aside === null ? 'the next "edgemanage manage" sets it aside' : `it was set aside as ${aside}`
    const recovered = rows.length === 0 ? 'nothing of it' : `${rows.length} of its items`
    const notice = `the database ${paths.database} is damaged (${found.why}): ${kept}, and ${recovered} could be read; ${whatIsLost}, or stop all runs and put a backup in its place`
    return { rows, notices: [notice] }
  }
  const former = await readFormer(paths.former, scratch, aside !== null)
  const isMissing = wasThere || entryAt(paths.made) !== null || (wasInUse(paths) && !former.isThere)
  const missing = `the database ${paths.database} is missing, although this folder was in use: a new one begins; ${whatIsLost}, or stop all runs and put a backup in its place`
  return { rows: former.rows, notices: [...(isMissing ? [missing] : []), ...former.notices] }
}

/** Fills a new database, to the disk. */
async function writeDatabase(path: string, { rows, notices }: Contents, now: number): Promise<void> {
  for (const file of ['', ...sideFiles]) rmSync(path + file, { recursive: true, force: true })
  const connection = await connect(path)
  try {
    connection.exec('PRAGMA synchronous = EXTRA')
    atOnce(connection, () => {
      makeForm(connection)
      const put = connection.prepare(putSql)
      for (const row of rows) put.run(...valuesOf(row))
      for (const [at, text] of notices.entries()) put.run(...valuesOf(noticeRow(text, now, at)))
    })
  } finally {
    connection.close()
  }
}

/** Keeps what stood in the database's place, and lets no journal of it be taken for one of the new database. */
function setAside(paths: StorePaths, aside: string): void {
  const entry = entryAt(paths.database)
  // A second name rather than a new one: until the new database has its own, there is always one in this place.
  if (entry?.isFile() || entry?.isSymbolicLink()) linkOrMove(paths.database, aside)
  else if (entry !== null) moveAside(paths.database, aside)
  for (const file of sideFiles) {
    if (entryAt(paths.database + file) !== null) moveAside(paths.database + file, aside + file)
  }
}

function linkOrMove(path: string, aside: string): void {
  try {
    linkSync(path, aside)
  } catch {
    // Not every file system has links.
    moveAside(path, aside)
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
