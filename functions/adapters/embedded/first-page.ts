import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { connect } from './connection.ts'
import { makeForm } from './form.ts'

export const pageBytes = 4096

/** What is the same in the first page of every database of this form: all but counters and the list of free pages. */
const constantParts = [
  [0, 24],
  [44, 92],
  [100, pageBytes],
] as const

/** The CRC-32 of these parts. */
export const constantSum = 4_292_072_883

/**
 * What is wrong with the first page of a database; null where nothing is. SQLite is not asked: it speaks of what is wrong
 * with the names it finds there, and the driver ends the process where one is not UTF-8.
 */
export function firstPageFault(path: string): string | null {
  const page = firstPageOf(path)
  if (page === null) return 'it is cut short'
  return sumOf(page) === constantSum ? null : 'its first page is not that of a database of edgemanage'
}

/** The first page of a new database, which is made at `path` for that and removed. */
export async function modelPage(path: string): Promise<Buffer> {
  rmSync(path, { force: true })
  try {
    const connection = await connect(path)
    makeForm(connection)
    connection.close()
    return firstPageOf(path) ?? Buffer.alloc(pageBytes)
  } finally {
    rmSync(path, { force: true })
  }
}

/** The CRC-32 of what is the same in every first page. */
export function sumOf(page: Buffer): number {
  return constantParts.reduce((sum, [from, to]) => crc32(page.subarray(from, to), sum), 0)
}

function firstPageOf(path: string): Buffer | null {
  const page = Buffer.alloc(pageBytes)
  const file = openSync(path, 'r')
  try {
    return readSync(file, page, 0, pageBytes, 0) === pageBytes ? page : null
  } finally {
    closeSync(file)
  }
}
