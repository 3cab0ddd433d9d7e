import { cpSync, readdirSync, rmSync } from 'node:fs'
import { codeOf } from '../files/whole-file.ts'
import type { Item } from '../table/rows.ts'
import { entryAt } from './files.ts'
import { faultsOf } from './former-check.ts'
import { type Row, rowOf } from './row.ts'

/** What the store of an earlier version held. */
export interface Former {
  readonly isThere: boolean
  readonly rows: readonly Row[]
  readonly notices: readonly string[]
}

/** Before the keys of all items: the emulator of DynamoDB that earlier versions used named its parts so. */
const itemPrefix = 'item-edgemanage~'
const partition = 'NETWORK#'

/**
 * Reads the store of earlier versions, a LevelDB of JSON. `isOurs`: no other process may have it open meanwhile;
 * otherwise it is left alone, and a copy of it is read. A damaged one is read, as far as it can be, from a repaired copy
 * in `scratch`, which is removed.
 */
export async function readFormer(folder: string, scratch: string, isOurs: boolean): Promise<Former> {
  if (entryAt(folder) === null) return { isThere: false, rows: [], notices: [] }
  await reader(folder)
  const faults = faultsOf(folder)
  try {
    if (isOurs && faults.length === 0) return { isThere: true, rows: await itemsIn(folder), notices: [] }
  } catch (error) {
    if (isLocked(error)) {
      throw new Error(`an earlier version of edgemanage has ${folder} open: stop it first`, { cause: error })
    }
    faults.push(rootMessage(error))
  }
  try {
    return await readCopy(folder, scratch, faults)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function readCopy(folder: string, scratch: string, faults: string[]): Promise<Former> {
  let rows: Row[] = []
  try {
    copyOf(folder, scratch)
    if (faults.length > 0) {
      const ClassicLevel = await reader(folder)
      await ClassicLevel.repair(scratch)
    }
    rows = await itemsIn(scratch)
  } catch (error) {
    faults.push(rootMessage(error))
  }
  if (faults.length === 0) return { isThere: true, rows, notices: [] }
  const notice = `the store of an earlier version, ${folder}, is damaged (${faults[0]}): ${rows.length} items of it could be read; orders, freezes and samples that are missing are lost: see "edgemanage query", and give the orders again, or stop all runs, remove the database and put a backup of ${folder} in its place`
  return { isThere: true, rows, notices: [notice] }
}

/** The files, links followed no further than to files, and without the lock. */
function copyOf(folder: string, scratch: string): void {
  rmSync(scratch, { recursive: true, force: true })
  cpSync(folder, scratch, {
    recursive: true,
    dereference: true,
    filter: source => !/[/\\]LOCK$/.test(source) && (source === folder || entryAt(source)?.isFile() === true),
  })
  readdirSync(scratch)
}

/** What reads a LevelDB. It is not part of the installed package, as hardly anybody has such a store, and it has native parts. */
async function reader(folder: string): Promise<typeof import('classic-level').ClassicLevel> {
  try {
    return (await import('classic-level')).ClassicLevel
  } catch (error) {
    const how = 'install it beside edgemanage (npm install classic-level@3.0.0, with -g where edgemanage has it)'
    throw new Error(`${folder} is of an earlier version, and what reads it is missing: ${how}, and try again`, {
      cause: error,
    })
  }
}

async function itemsIn(folder: string): Promise<Row[]> {
  const ClassicLevel = await reader(folder)
  const database = new ClassicLevel<string, string>(folder, { createIfMissing: false })
  try {
    await database.open()
    const rows: Row[] = []
    for await (const text of database.values({ gte: itemPrefix, lt: `${itemPrefix}~` })) {
      const row = rowOfItem(text)
      if (row !== null) rows.push(row)
    }
    return rows
  } finally {
    await database.close().catch(() => {
      // It never opened.
    })
  }
}

/** An item as the emulator wrote it, with bytes in base 64; null for what is none of ours. */
function rowOfItem(text: string): Row | null {
  const item = JSON.parse(text) as Item
  const [pk, sk] = [item.pk?.S, item.sk?.S]
  if (!pk?.startsWith(partition) || sk === undefined) return null
  const entries = Object.entries(item).map(([name, value]) => {
    const { B } = value as { B?: unknown }
    return [name, typeof B === 'string' ? { B: Buffer.from(B, 'base64') } : value] as const
  })
  return rowOf(pk.slice(partition.length), sk, Object.fromEntries(entries))
}

function isLocked(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (codeOf(at) === 'LEVEL_LOCKED') return true
  return false
}

/** The message of the innermost cause, on one line. */
function rootMessage(error: unknown): string {
  let at = error
  while (at instanceof Error && at.cause instanceof Error) at = at.cause
  return at instanceof Error ? at.message : String(at)
}
